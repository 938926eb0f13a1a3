/**
 * What a page's script needs only once the page has come: answers, drafts, other tabs. The browser
 * loads it as one file when the page is interactive, so that it is there when the network goes.
 */
export { connectForm, settleForm } from '../forms/connect-form.ts'
export { keepEntered } from '../forms/keep-entered.ts'
export { forgetNotice, startPage } from './start-page.ts'
export { watchUser } from '../session/watch-user.ts'
export { ErrorFlyer } from '../ui/error-flyer.tsx'
export { Wait } from '../ui/wait.tsx'
