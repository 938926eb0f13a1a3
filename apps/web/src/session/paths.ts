/** The page after a login. */
export const accountPath = '/account'

/** The page that says that a form was of another user's page, and changed nothing. */
export const otherUserPath = `${accountPath}?notice=other-user`

/** The page of the user's flyers. */
export const flyersPath = '/flyers'

/**
 * The target of the logout form. Open pages of an earlier version may still send it: it must stay.
 */
export const logoutPath = '/session/end'

/** The pages for logged-in users only, with all pages beneath them; a login may return to them. */
const privatePaths = [accountPath, flyersPath]

/** The reason for a redirect to the login, which has the text. */
export type LoginReason =
  | 'session-ended'
  | 'draft-lost'
  | 'logged-out'
  | 'logged-out-here'
  | 'password-reset'
  | 'email-verified'
  | 'not-kept'
  | 'unavailable'

/**
 * Returns the page of this site that `next` names, to go on to after a login. Only private pages
 * are returned: anything else, above all another site, is undefined. It parses as browsers do,
 * which drop tabs and read a backslash as a slash.
 */
export function findReturnPath(next: unknown): string | undefined {
  const base = 'http://this.site'
  if (typeof next !== 'string' || !URL.canParse(next, base)) return undefined
  const { origin, pathname, search } = new URL(next, base)
  const isPrivate = privatePaths.some((path) => pathname === path || pathname.startsWith(`${path}/`))
  return origin === base && isPrivate ? pathname + search : undefined
}

/** Returns the path of the login, from which the visitor returns to `returnPath`. */
export function loginPath(returnPath: string | undefined, reason?: LoginReason): string {
  return withQuery('/login', { notice: reason, next: remember(returnPath) })
}

/** Returns the path of the registration, from which the visitor goes on to `returnPath`. */
export function registerPath(returnPath: string | undefined): string {
  return withQuery('/register', { next: remember(returnPath) })
}

/**
 * Returns the path that refreshes a rejected access token. Servers of two versions may run at once,
 * so it keeps its name.
 */
export function refreshPath(returnPath: string): string {
  return withQuery('/session/renew', { next: remember(returnPath) })
}

/** Leaves out the account, the default. */
function remember(returnPath: string | undefined): string | undefined {
  return returnPath === accountPath ? undefined : returnPath
}

function withQuery(path: string, parameters: Record<string, string | undefined>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`
}
