import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../environment.ts'
import { makeBrowserSecret, writeBrowserSecret, writeVerifyingMail } from './cookies.ts'
import { verifySentPath } from './paths.ts'

/**
 * Keeps which email this browser waits to verify, and redirects to the page that waits. `browser`:
 * the secret with which the mail was asked for.
 */
export async function awaitMail(email: string, browser?: string): Promise<never> {
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  writeBrowserSecret(kept, browser ?? makeBrowserSecret(kept, isProduction), isProduction)
  writeVerifyingMail(kept, { email, at: Math.ceil(Date.now() / 1000) }, isProduction)
  redirect(verifySentPath('sent'))
}
