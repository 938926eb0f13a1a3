import { isTokenRefused } from '@pockitflyer/auth-client'
import { type NextRequest, NextResponse } from 'next/server'
import { createAccountService } from '../../../account-service.ts'
import { getEnvironment } from '../../../environment.ts'
import { readEntries } from '../../../forms/entries.ts'
import { clearSession, readSession, readUserId } from '../../../session/cookies.ts'
import { ownerField } from '../../../session/owner-field.ts'
import { loginPath, otherUserPath } from '../../../session/paths.ts'

/**
 * "Log out": revokes the session at the service and deletes its cookies, even when the service is
 * out of reach. It also clears the pages that the browser keeps for its back button (W3C Clear Site
 * Data). A form of another user's page ends nothing; one of an earlier version does not say whose
 * it is.
 */
export async function POST(request: NextRequest): Promise<NextResponse> {
  const { isProduction } = getEnvironment()
  const owner = await readOwner(request)
  if (owner !== undefined && owner !== readUserId(request.cookies, isProduction)) {
    return redirectTo(otherUserPath)
  }
  const { refresh } = readSession(request.cookies, isProduction)
  const isTold = refresh === undefined || (await revoke(request.headers, refresh))
  const response = redirectTo(loginPath(undefined, isTold ? 'logged-out' : 'logged-out-here'))
  response.headers.set('Clear-Site-Data', '"cache"')
  clearSession(response.cookies, isProduction)
  return response
}

/** Largest form that is read, in bytes. Browsers announce how long it is. */
const formMaxBytes = 4096

async function readOwner(request: NextRequest): Promise<string | undefined> {
  if (Number(request.headers.get('content-length') ?? Infinity) > formMaxBytes) return undefined
  const form = await request.formData().catch(() => undefined)
  return readEntries(form, [ownerField])[ownerField]
}

/**
 * Returns whether the service knows. Without its cookies this browser is logged out all the same,
 * and the session expires by itself.
 */
async function revoke(headers: Headers, refresh: string): Promise<boolean> {
  try {
    await createAccountService({ headers }).auth.logout.mutate({ refresh })
    return true
  } catch (error) {
    // A session that is over already is what the visitor wants.
    return isTokenRefused(error)
  }
}

function redirectTo(path: string): NextResponse {
  return new NextResponse(null, { status: 303, headers: { Location: path, 'Cache-Control': 'no-store' } })
}
