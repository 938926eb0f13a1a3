import { isAuthError } from './error.ts'
import { withinLimit } from './timeout.ts'
import type { ClientSession } from './session.ts'
import type { Send } from './transport.ts'

/**
 * The outcome of a logout. `ended`: the service revoked the session, which is over everywhere.
 * `not_told`: the service could not be reached; the tokens are forgotten here, and a copy stays
 * valid until it expires. Either way the client keeps no session.
 */
export type LogOut = { kind: 'ended' } | { kind: 'not_told'; error: unknown }

interface LogOutDependencies {
  session: ClientSession
  send: Send
  timeoutMs: number
}

/** Forgets the tokens first: a silent service must not keep a session alive here. */
export async function logOut({ session, send, timeoutMs }: LogOutDependencies): Promise<LogOut> {
  let outcome: LogOut = { kind: 'ended' }
  await session.end(undefined, async ({ refresh }) => {
    if (refresh === undefined) return
    const call = { type: 'mutation', path: 'auth.logout', input: { refresh } } as const
    try {
      await withinLimit({ timeoutMs }, async (signal) => send(call, { signal }))
    } catch (error) {
      const wasOver = isAuthError(error) && error.data.httpStatus === 401
      if (!wasOver) outcome = { kind: 'not_told', error }
    }
  })
  return outcome
}
