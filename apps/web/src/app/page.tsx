import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../environment.ts'
import { accountPath } from '../session/paths.ts'
import { readSession } from '../session/cookies.ts'

/** Redirects to the account or the login. The account page checks whether the session is valid. */
export default async function HomePage(): Promise<never> {
  const { access, refresh } = readSession(await cookies(), getEnvironment().isProduction)
  redirect(access === undefined && refresh === undefined ? '/login' : accountPath)
}
