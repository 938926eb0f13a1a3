import type { IncomingMessage } from 'node:http'
import { parseCookie } from 'cookie'
import { readSession } from '../session/cookies.ts'
import { isRefreshDue } from '../session/refresh-session.ts'

/**
 * This header, which a client cannot set, makes Next.js run `proxy.ts`. Most pages do without: it
 * costs 1.2 of the 4.6 milliseconds of the login page.
 */
export const runProxyHeader = 'x-run-proxy'

/** Returns whether a request has a form to check, or a session to refresh before its page. */
export function needsProxy({ method, headers }: IncomingMessage, isProduction: boolean): boolean {
  if (method === 'POST') return true
  const cookies = parseCookie(headers.cookie ?? '')
  const session = readSession({ get: (name) => toCookie(cookies[name]) }, isProduction)
  return session.refresh !== undefined && isRefreshDue(session)
}

function toCookie(value: string | undefined): { value: string } | undefined {
  return value === undefined ? undefined : { value }
}
