import { TRPCClientError } from '@trpc/client'
import { fieldOf } from '../field-of.ts'
import { callWithRefresh } from './refused-token.ts'
import type { SessionRole } from './procedure.ts'
import { type DeviceTokenStore, keepDeviceToken, withDeviceToken } from './device-token.ts'
import type { ClientSession } from './session.ts'
import type { Call, Send } from './transport.ts'

/** The dependencies of a call. */
export interface CallDependencies {
  session: ClientSession
  send: Send
  /** The store of the device token; `undefined`: none. */
  deviceToken: DeviceTokenStore | undefined
  /** Headers of the caller, which may authorize calls. */
  headers: Record<string, string> | undefined
}

interface SessionCall extends Call {
  role: SessionRole
  signal: AbortSignal
}

/** Makes a call and updates the session from its answer. */
export async function callInSession(
  dependencies: CallDependencies,
  { role, signal, ...call }: SessionCall,
): Promise<unknown> {
  const { session, send, deviceToken } = dependencies
  if (role === 'logged_in') return callLoggedIn(dependencies, { call, signal })
  if (role === 'restarts')
    return callLoggedIn({ ...dependencies, send: replaceSession(dependencies) }, { call, signal })
  const input = role === 'starts' ? await withDeviceToken(deviceToken, call.input) : call.input
  const answer = await send({ ...call, input }, { signal })
  switch (role) {
    case 'starts':
      await session.start(answer)
      await keepDeviceToken(deviceToken, answer)
      break
    case 'refreshes':
      await session.replace(fieldOf(call.input, 'refresh'), answer)
      break
    case 'revokes':
      await session.end(fieldOf(call.input, 'refresh') ?? '')
      break
    case 'open':
      break
  }
  return answer
}

/** Makes a call with the session's access token, and once more with a new one after a refusal. */
async function callLoggedIn(
  { session, send, headers }: CallDependencies,
  { call, signal }: { call: Call; signal: AbortSignal },
): Promise<unknown> {
  const tokens = await session.current()
  if (tokens === undefined) {
    if (headers === undefined) throw createNotAuthenticated(call.path)
    return send(call, { signal })
  }
  return callWithRefresh(tokens, {
    call: async ({ access }) => send(call, { accessToken: access, signal }),
    refresh: async (refused) => session.refresh(refused),
  })
}

/** Creates what the service answers to a call without a token: nothing need be sent to know it. */
function createNotAuthenticated(path: string): Error {
  const message = 'Authentication credentials were not provided.'
  const data = { code: 'not_authenticated', httpStatus: 401, path }
  return TRPCClientError.from({ error: { code: -32001, message, data } })
}

/**
 * Sends a call whose answer holds the tokens of the next session. No refresh runs meanwhile: the
 * service would refuse it, which would look like a revoked session. If the user logs out before the
 * answer comes, the new session is revoked.
 */
function replaceSession({ session, send }: CallDependencies): Send {
  return async (call, options) =>
    session.restart(options.accessToken, {
      act: async () => send(call, options),
      abandon: async (refresh) =>
        send({ type: 'mutation', path: 'auth.logout', input: { refresh } }, { signal: options.signal }),
    })
}
