import { type NextRequest, NextResponse } from 'next/server'
import { createAccountService } from '../../../account-service.ts'
import { getEnvironment } from '../../../environment.ts'
import { accountPath, findReturnPath, loginAddress } from '../../../session/paths.ts'
import { clearSession, readSession, writeSession } from '../../../session/cookies.ts'
import { me, read } from '../../../session/authenticated-query.ts'
import { renewSession } from '../../../session/renewal.ts'

/**
 * Where a page sends a browser whose access token the service rejects: a server component cannot
 * set cookies. The refresh token gets one chance. A new pair that is rejected as well ends the
 * session, so nothing goes round in circles.
 */
export async function GET(request: NextRequest): Promise<NextResponse> {
  const { headers } = request
  const returnPath = findReturnPath(request.nextUrl.searchParams.get('next')) ?? accountPath
  const { refresh } = readSession(request.cookies, getEnvironment().isProduction)
  if (refresh === undefined) return sayEnded(returnPath)

  const renewal = await renewSession(createAccountService({ headers }), refresh)
  if (renewal.kind === 'unavailable') return redirectTo(loginAddress(returnPath, 'unavailable'))
  if (renewal.kind === 'ended') return sayEnded(returnPath)

  const reading = await read(createAccountService({ headers, accessToken: renewal.tokens.access }), me)
  if (reading.kind === 'rejected') return sayEnded(returnPath)
  const response = redirectTo(returnPath)
  writeSession(response.cookies, renewal.tokens, getEnvironment().isProduction)
  return response
}

function sayEnded(returnPath: string): NextResponse {
  const response = redirectTo(loginAddress(returnPath, 'session-ended'))
  clearSession(response.cookies, getEnvironment().isProduction)
  return response
}

/** A relative `Location`: behind a reverse proxy this process does not know its public name. */
function redirectTo(path: string): NextResponse {
  return new NextResponse(null, { status: 307, headers: { Location: path, 'Cache-Control': 'no-store' } })
}
