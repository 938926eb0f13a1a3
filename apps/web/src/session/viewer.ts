import { type AuthClient, findAuthError } from '@pockitflyer/auth-client'
import type { User } from '@pockitflyer/auth/schema'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { createAccountService, withPatience } from '../account-service.ts'
import { getEnvironment } from '../environment.ts'
import { readSession } from './cookies.ts'

/**
 * Who looks at the page. `rejected`: the service does not accept the access token. `unavailable`: there is a session,
 * but the service cannot be asked about it now.
 */
export type Viewer =
  | { kind: 'signed_in'; user: User }
  | { kind: 'signed_out' }
  | { kind: 'rejected' }
  | { kind: 'unavailable' }

/** Asks the account service who the session's cookies belong to, once per request. Never throws. */
export const getViewer = cache(async (): Promise<Viewer> => {
  const session = readSession(await cookies(), getEnvironment().isProduction)
  if (session.access !== undefined) {
    return identify(createAccountService({ headers: await headers(), accessToken: session.access }))
  }
  // `proxy.ts` renews before the page renders: a refresh token alone means that it could not.
  return { kind: session.refresh === undefined ? 'signed_out' : 'unavailable' }
})

/** Asks the account service whose access token this client carries. Never throws. */
export async function identify(service: AuthClient): Promise<Viewer> {
  try {
    return { kind: 'signed_in', user: await service.auth.me.query(undefined, withPatience()) }
  } catch (error) {
    return { kind: findAuthError(error)?.httpStatus === 401 ? 'rejected' : 'unavailable' }
  }
}
