'use server'

import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { createAccountService } from '../../account-service.ts'
import { getEnvironment } from '../../environment.ts'
import { loginAddress } from '../../session/addresses.ts'
import { clearSession, readSession } from '../../session/cookies.ts'

/** The action of "Log out": ends the session at the service and forgets it here, even when the service is out of reach. */
export async function logout(): Promise<never> {
  const { isProduction } = getEnvironment()
  const jar = await cookies()
  const { refresh } = readSession(jar, isProduction)
  if (refresh !== undefined) await revoke(refresh)
  clearSession(jar, isProduction)
  redirect(loginAddress(undefined, 'logged-out'))
}

async function revoke(refresh: string): Promise<void> {
  try {
    await createAccountService({ headers: await headers() }).auth.logout.mutate({ refresh })
  } catch {
    // Without its cookies this browser is logged out all the same; the session ends by itself.
  }
}
