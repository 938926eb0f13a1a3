import { createAuthClient, findAuthError } from '@pockitflyer/auth-client'
import { apiUrl } from './fixtures.ts'
import type { Person } from './people.ts'

/** A device whose login the service knows, without a browser here. */
export interface OtherDevice {
  isLoggedIn(): Promise<boolean>
}

/** Logs in at the API as a browser of this `User-Agent`. */
export async function logInElsewhere({ email, password }: Person, userAgent: string): Promise<OtherDevice> {
  const { auth } = createAuthClient({ url: `${apiUrl}/api/trpc`, headers: { 'User-Agent': userAgent } })
  const { refresh } = await auth.login.mutate({ email, password })
  return {
    isLoggedIn: () =>
      auth.refresh.mutate({ refresh }).then(
        () => true,
        (error: unknown) => {
          if (findAuthError(error)?.code === 'session_ended') return false
          throw error
        },
      ),
  }
}
