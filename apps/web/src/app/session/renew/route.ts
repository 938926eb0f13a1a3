import { type NextRequest, NextResponse } from 'next/server'
import { createAccountService } from '../../../account-service.ts'
import { getEnvironment } from '../../../environment.ts'
import { accountPath, findReturnPath, loginPath } from '../../../session/paths.ts'
import { clearSession, readSession, writeSession } from '../../../session/cookies.ts'
import { me, read } from '../../../session/authenticated-query.ts'
import { refreshSession } from '../../../session/refresh-session.ts'

/**
 * Refreshes the tokens of a browser whose access token the service rejects; a page redirects here,
 * since a server component cannot set cookies. It tries the refresh token once. If the service
 * rejects the new pair as well, the session is over, so that no redirect loop arises.
 */
export async function GET(request: NextRequest): Promise<NextResponse> {
  const { headers } = request
  const returnPath = findReturnPath(request.nextUrl.searchParams.get('next')) ?? accountPath
  const { refresh } = readSession(request.cookies, getEnvironment().isProduction)
  if (refresh === undefined) return sayEnded(returnPath)

  const outcome = await refreshSession(createAccountService({ headers }), refresh)
  if (outcome.kind === 'unavailable') return redirectTo(loginPath(returnPath, 'unavailable'))
  if (outcome.kind === 'ended') return sayEnded(returnPath)

  const reading = await read(createAccountService({ headers, accessToken: outcome.tokens.access }), me)
  if (reading.kind === 'rejected') return sayEnded(returnPath)
  const response = redirectTo(returnPath)
  writeSession(response.cookies, outcome.tokens, getEnvironment().isProduction)
  return response
}

function sayEnded(returnPath: string): NextResponse {
  const response = redirectTo(loginPath(returnPath, 'session-ended'))
  clearSession(response.cookies, getEnvironment().isProduction)
  return response
}

/**
 * Uses a relative `Location`: behind a reverse proxy this process does not know its public name.
 */
function redirectTo(path: string): NextResponse {
  return new NextResponse(null, { status: 307, headers: { Location: path, 'Cache-Control': 'no-store' } })
}
