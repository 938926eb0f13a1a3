import { type NextRequest, NextResponse } from 'next/server'
import { createAccountService } from '../../../account-service.ts'
import { getEnvironment } from '../../../environment.ts'
import { clearSession, readSession, writeSession } from '../../../session/cookies.ts'
import { renewSession } from '../../../session/renewal.ts'
import { identify } from '../../../session/viewer.ts'

/**
 * Where a page sends a browser whose access token the service rejects: a server component cannot set cookies. The
 * refresh token gets one chance. A new pair that is rejected as well ends the session, so nothing goes round in circles.
 */
export async function GET(request: NextRequest): Promise<NextResponse> {
  const { headers } = request
  const { refresh } = readSession(request.cookies, getEnvironment().isProduction)
  if (refresh === undefined) return sayEnded()

  const renewal = await renewSession(createAccountService({ headers }), refresh)
  if (renewal.kind === 'unavailable') return redirectTo('/login?notice=unavailable')
  if (renewal.kind === 'ended') return sayEnded()

  const viewer = await identify(createAccountService({ headers, accessToken: renewal.tokens.access }))
  if (viewer.kind === 'rejected') return sayEnded()
  const response = redirectTo('/account')
  writeSession(response.cookies, renewal.tokens, getEnvironment().isProduction)
  return response
}

function sayEnded(): NextResponse {
  const response = redirectTo('/login?notice=session-ended')
  clearSession(response.cookies, getEnvironment().isProduction)
  return response
}

/** A relative `Location`: behind a reverse proxy this process does not know its public name. */
function redirectTo(path: string): NextResponse {
  return new NextResponse(null, { status: 307, headers: { Location: path, 'Cache-Control': 'no-store' } })
}
