import { enAccount } from './en-account.ts'
import { enForms } from './en-forms.ts'
import { enMailedLinks } from './en-mailed-links.ts'

/**
 * The texts of the pages in English: one group a page or a form. Each value is plain text, so that
 * a page can pass a group to a component in the browser. `{name}` stands for what `fillText` puts
 * there.
 */
export const en = {
  ...enForms,
  ...enAccount,
  ...enMailedLinks,
  login: {
    title: 'Log in',
    lead: 'Good to see you again.',
    forgot: 'Forgot password?',
    isNew: 'New here?',
    register: 'Create an account',
    wrong: 'That email and password do not match.',
    plainHttp:
      'This page was opened over http, where your browser does not keep a login. Open it with https:// in front of the address.',
  },
  loginForm: { password: 'Password', submit: 'Log in', submitting: 'Logging in…' },
  loginNotices: {
    sessionEnded: 'Your session has ended. Please log in again.',
    draftLost:
      'Your session has ended. What you typed was too long to be kept meanwhile, and is lost. Please log in again.',
    loggedOut: 'You are logged out.',
    loggedOutHere:
      'You are logged out in this browser. We could not reach our service: it may list this device for some days.',
    passwordReset: 'Your password has changed.',
    emailVerified: 'Your email is confirmed.',
    notKept:
      'Your browser did not keep your login. Allow cookies for this page. Safari and other browsers with WebKit keep them only where the address begins with https://.',
    unavailable: 'We cannot reach your account right now. Please try again in a moment.',
  },
  register: {
    title: 'Create an account',
    lead: 'One account for every Pockitflyer app.',
    hasAccount: 'Already have one?',
    login: 'Log in',
    closedTitle: 'Registration is closed',
    closed: 'New accounts cannot be created here at the moment. If you have one, you can log in.',
    closedError: 'New accounts cannot be created here at the moment.',
  },
  registerForm: {
    password: 'Password',
    name: 'Display name (optional)',
    nameHint: 'What others see. You can change it at any time.',
    submit: 'Create account',
    submitting: 'Creating your account…',
  },
}
