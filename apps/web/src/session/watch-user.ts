import { keepDrafts } from '../forms/drafts.ts'
import { loginPath } from './paths.ts'
import { pendingLogout } from './pending-logout.ts'

interface WatchOptions {
  /** The cookie with the user's id. */
  cookieName: string
  /** Whose page this is; empty on a page for strangers. */
  userId: string
  /** Whether this browser rendered the page first, as after a login. */
  isRenderedHere: boolean
}

/** Whose page this document showed last. */
let shownUserId: string | undefined

/**
 * Reloads the page when this browser has another user than it shows, or none: at once when another
 * tab says that it has loaded, else when the tab comes to the front. Drafts stay. After a login
 * whose cookies the browser did not keep, it opens the login, which says so. Returns what ends it.
 */
export function watchUser({ cookieName, userId, isRenderedHere }: WatchOptions): () => void {
  const before = readCookie(cookieName)
  const isAfterLogin = isRenderedHere && userId !== shownUserId
  shownUserId = userId
  if (isAfterLogin && userId !== '' && before === '') {
    const { pathname, search } = window.location
    window.location.replace(loginPath(pathname + search, 'not-kept'))
  }
  // On a page for strangers: this browser is logged out.
  if (userId === '') pendingLogout.clear()
  const compare = () => {
    const now = readCookie(cookieName)
    // A session of an earlier version has no such cookie yet: only a change counts.
    if (now === before || now === userId) return
    // The answer to the logout loads the login, which says so.
    if (pendingLogout.isHere) return
    keepDrafts()
    window.location.reload()
  }
  const compareInFront = () => {
    if (document.visibilityState === 'visible') compare()
  }
  const tabs = new BroadcastChannel('pf-session')
  tabs.addEventListener('message', compare)
  document.addEventListener('visibilitychange', compareInFront)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window's
  tabs.postMessage('loaded')
  return () => {
    tabs.close()
    document.removeEventListener('visibilitychange', compareInFront)
  }
}

function readCookie(name: string): string {
  const pair = document.cookie.split('; ').find((one) => one.startsWith(`${name}=`))
  return pair?.slice(name.length + 1) ?? ''
}
