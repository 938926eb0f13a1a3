/** Where who is logged in begins. */
export const accountPath = '/account'

/** Where who is logged in has flyers. */
export const flyersPath = '/flyers'

/** Where the form of "Log out" is sent. */
export const logoutPath = '/session/end'

/** Where who is logged in may come back to: these pages and all beneath them. */
const privatePaths = [accountPath, flyersPath]

/** Why somebody is sent to the login; its page has the words. */
export type LoginReason = 'session-ended' | 'logged-out' | 'unavailable'

/**
 * The page of this site that `next` names, to go on to after a login. Only private pages ask for
 * one: whatever else it names, another site above all, is undefined. It is read as browsers read
 * it, which drop tabs and take a backslash for a slash.
 */
export function findReturnPath(next: unknown): string | undefined {
  const base = 'http://this.site'
  if (typeof next !== 'string' || !URL.canParse(next, base)) return undefined
  const { origin, pathname, search } = new URL(next, base)
  const isPrivate = privatePaths.some((path) => pathname === path || pathname.startsWith(`${path}/`))
  return origin === base && isPrivate ? pathname + search : undefined
}

/** The login, from which the visitor comes back to `returnPath`. */
export function loginPath(returnPath: string | undefined, reason?: LoginReason): string {
  return withQuery('/login', { notice: reason, next: remember(returnPath) })
}

/** The registration, from which the visitor goes on to `returnPath`. */
export function registerPath(returnPath: string | undefined): string {
  return withQuery('/register', { next: remember(returnPath) })
}

/** Where a page sends who presents an access token that the service rejects. */
export function refreshPath(returnPath: string): string {
  return withQuery('/session/renew', { next: remember(returnPath) })
}

/** The account is where everybody goes anyway. */
function remember(returnPath: string | undefined): string | undefined {
  return returnPath === accountPath ? undefined : returnPath
}

function withQuery(path: string, parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`
}
