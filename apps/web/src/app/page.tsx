import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../environment.ts'
import { accountPath } from '../session/paths.ts'
import { readSession } from '../session/cookies.ts'

/** The front door. Whether the session is still good is for the account page to find out. */
export default async function HomePage(): Promise<never> {
  const { access, refresh } = readSession(await cookies(), getEnvironment().isProduction)
  redirect(access === undefined && refresh === undefined ? '/login' : accountPath)
}
