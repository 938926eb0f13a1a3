import { type NextRequest, NextResponse } from 'next/server'
import { createAccountService } from '../../../account-service.ts'
import { getEnvironment } from '../../../environment.ts'
import { loginPath } from '../../../session/paths.ts'
import { clearSession, readSession } from '../../../session/cookies.ts'

/**
 * "Log out": revokes the session at the service and deletes its cookies, even when the service is
 * out of reach. It also clears the pages that the browser keeps for its back button (W3C Clear Site
 * Data).
 */
export async function POST(request: NextRequest): Promise<NextResponse> {
  const { isProduction } = getEnvironment()
  const { refresh } = readSession(request.cookies, isProduction)
  if (refresh !== undefined) await revoke(request.headers, refresh)
  const headers = {
    Location: loginPath(undefined, 'logged-out'),
    'Cache-Control': 'no-store',
    'Clear-Site-Data': '"cache"',
  }
  const response = new NextResponse(null, { status: 303, headers })
  clearSession(response.cookies, isProduction)
  return response
}

async function revoke(headers: Headers, refresh: string): Promise<void> {
  try {
    await createAccountService({ headers }).auth.logout.mutate({ refresh })
  } catch {
    // Without its cookies this browser is logged out all the same; the session expires by itself.
  }
}
