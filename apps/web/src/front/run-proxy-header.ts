import type { IncomingMessage } from 'node:http'
import type { CookieReader } from '../cookies/cookie-jar.ts'
import { readSession } from '../session/cookies.ts'
import { isRefreshDue } from '../session/refresh-session.ts'

/**
 * This header, which a client cannot set, makes Next.js run `proxy.ts`. Most pages do without: it
 * costs 1.2 of the 4.6 milliseconds of the login page.
 */
export const runProxyHeader = 'x-run-proxy'

/**
 * Returns whether a request has a form to check, or a session to refresh before its page. The
 * routes of `session/` handle forms and cookies themselves.
 */
export function needsProxy(
  { method, url = '' }: IncomingMessage,
  cookies: CookieReader,
  isProduction: boolean,
): boolean {
  if (/^\/session\/(?:renew|end|language)(?:\?|$)/.test(url)) return false
  if (method === 'POST') return true
  const session = readSession(cookies, isProduction)
  return session.refresh !== undefined && isRefreshDue(session)
}
