import { type NextRequest, NextResponse } from 'next/server'
import { createAccountService } from '../account-service.ts'
import { getEnvironment } from '../environment.ts'
import { findReturnPath, loginPath } from './paths.ts'
import { clearSession, type NewTokens, readSession, sessionCookieNames, writeSession } from './cookies.ts'
import { isRefreshDue, refreshSession } from './refresh-session.ts'

/**
 * Passes a request on to its page. When its access token is missing or about to expire and it has a
 * refresh token, the pair is refreshed first: the page reads the new one, and the browser stores
 * it. For a session that is over it deletes the cookies and redirects to the login, which says so.
 * While the service is down the cookies stay.
 */
export async function refreshBeforeRender(request: NextRequest): Promise<NextResponse> {
  const session = readSession(request.cookies, getEnvironment().isProduction)
  // An action sets its own cookies, and two answers about one cookie would contradict each other.
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead || session.refresh === undefined || !isRefreshDue(session)) return goOn(request)

  const outcome = await refreshSession(createAccountService({ headers: request.headers }), session.refresh)
  switch (outcome.kind) {
    case 'refreshed':
      return goOnRefreshed(request, outcome.tokens)
    case 'ended':
      return sayEnded(request)
    case 'unavailable':
      return goOn(request)
  }
}

function goOn(request: NextRequest): NextResponse {
  return NextResponse.next({ request: { headers: request.headers } })
}

function goOnRefreshed(request: NextRequest, tokens: NewTokens): NextResponse {
  const { isProduction } = getEnvironment()
  writeSession({ set: (name, value) => request.cookies.set(name, value) }, tokens, isProduction)
  const response = goOn(request)
  writeSession(response.cookies, tokens, isProduction)
  return response
}

/**
 * Tells the visitor that the session is over. To avoid a redirect loop for a client that keeps its
 * cookies, it shows the login page that already says so.
 */
function sayEnded(request: NextRequest): NextResponse {
  const { isProduction } = getEnvironment()
  request.cookies.delete(Object.values(sessionCookieNames(isProduction)))
  const { pathname, search, searchParams } = request.nextUrl
  const isAtLogin = pathname === '/login'
  const returnPath = findReturnPath(isAtLogin ? searchParams.get('next') : pathname + search)
  const target = loginPath(returnPath, 'session-ended')
  const response =
    pathname + search === target ? goOn(request) : NextResponse.redirect(new URL(target, request.url))
  clearSession(response.cookies, isProduction)
  return response
}
