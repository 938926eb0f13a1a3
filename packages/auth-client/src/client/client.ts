import { TRPCClientError } from '@trpc/client'
import { createBorrowedToken, createMemoryStore } from '../stores/memory.ts'
import type { TokenStore } from '../stores/store.ts'
import { callInSession } from './call.ts'
import { parseTimeoutOption } from '../number-option.ts'
import { withinLimit } from './timeout.ts'
import type { AuthProcedures } from './generated/procedures.ts'
import { procedureTable } from './generated/procedure-table.ts'
import type { CallOptions, ProcedureEntry } from './procedure.ts'
import { createSession } from './session.ts'
import { logOut, type LogOut } from './log-out.ts'
import { createTransport, type TransportOptions } from './transport.ts'

/** The account service, as an app calls it. */
export interface AuthClient {
  /** The procedures. */
  auth: AuthProcedures
  /**
   * Returns an access token for a call of another service, refreshed first when it is about to
   * expire; undefined without a session. If the refresh takes longer than `timeoutMs`, it goes on
   * in the background, and the current token is returned. Pass a token that the other service
   * refused as `refused` to get a new one.
   * @throws {TRPCClientError} when a refused token cannot be refreshed within `timeoutMs`:
   *   `error.cause` is then named `TimeoutError`
   */
  getAccessToken(options?: { refused?: string | undefined }): Promise<string | undefined>
  /**
   * Logs out: forgets the tokens at once and tells the service to revoke the session, so that
   * copies of them are worthless. `onLoggedOut` and listeners are called after its answer, or
   * `timeoutMs`: they may leave the page. Never throws when the service cannot be reached; the
   * outcome says whether it knows.
   */
  logOut(): Promise<LogOut>
  /**
   * Calls `listener` when the session starts, ends or becomes another: by a call of this client, by
   * another tab at once where the store tells of it (`createStorageStore`), and by another process
   * at the next call. A refresh changes nothing.
   * @returns a function that stops it
   * @example const stop = client.subscribe(showUser)
   */
  subscribe: (listener: () => void) => () => void
}

/** The account service's URL and the options of its client. */
export interface AuthClientOptions extends TransportOptions {
  /** The store of the tokens. Default: in memory. */
  store?: TokenStore
  /**
   * Called once when the session is over: refused by the service, or logged out here, in another
   * tab or in another process.
   */
  onLoggedOut?: () => void
  /**
   * Longest time for a whole call, `getAccessToken` or `logOut`, in milliseconds, 1 or more;
   * `Infinity` for no limit. Default: 10,000.
   */
  timeoutMs?: number
  /**
   * An access token that the caller keeps, sent as `Authorization: Bearer …`; a function is called
   * at each call. The client then stores and refreshes nothing, and ignores `store`.
   */
  accessToken?: string | (() => string | undefined)
}

/**
 * Longest wait for one attempt at a refresh: three attempts fit into the service's grace of 30
 * seconds.
 */
const refreshTimeoutMs = 8000

/**
 * Creates the typed client of the account service. It keeps the tokens of the user who logs in with
 * it, sends them, and refreshes them shortly before they expire or when the service rejects them.
 * It needs `fetch` and nothing else. Calls of the same tick travel in one request. It retries
 * nothing but a refresh after a failure.
 * @throws {TypeError} for a `timeoutMs` out of range
 * @throws {TRPCClientError} from each call; `isAuthError` tells the service's answer. After a
 *   timeout `error.cause` is named `TimeoutError`.
 * @example
 * const client = createAuthClient({ url: 'https://accounts.example.com/api/trpc' })
 * await client.auth.login.mutate({ email: 'ada@example.com', password })
 * const user = await client.auth.me.query()
 */
export function createAuthClient(options: AuthClientOptions): AuthClient {
  const { accessToken } = options
  const timeoutMs = parseTimeoutOption('timeoutMs', options.timeoutMs ?? 10_000)
  const send = createTransport(options)
  const isBorrowed = accessToken !== undefined
  const store = isBorrowed ? createBorrowedToken(accessToken) : (options.store ?? createMemoryStore())
  const session = createSession({
    store,
    onLoggedOut: isBorrowed ? undefined : options.onLoggedOut,
    refresh: async (refresh) =>
      withinLimit({ timeoutMs: Math.min(timeoutMs, refreshTimeoutMs) }, async (signal) =>
        send({ type: 'mutation', path: 'auth.refresh', input: { refresh } }, { signal }),
      ),
  })

  const dependencies = { session, send, deviceToken: store.deviceToken, headers: options.headers }

  async function inTime<Result>(
    signal: AbortSignal | undefined,
    run: (signal: AbortSignal) => Promise<Result>,
  ) {
    try {
      return await withinLimit({ timeoutMs, signal }, run)
    } catch (error) {
      throw error instanceof Error ? TRPCClientError.from(error) : error
    }
  }

  async function call(procedure: Procedure, input: unknown, { signal }: CallOptions = {}) {
    return inTime(signal, async (signal) => callInSession(dependencies, { ...procedure, input, signal }))
  }

  return {
    auth: createProcedures(call),
    async getAccessToken({ refused } = {}) {
      if (refused === undefined) return (await session.current(timeoutMs))?.access
      return inTime(undefined, async () => {
        const tokens = await session.current()
        return tokens?.access === refused ? (await session.refresh(tokens))?.access : tokens?.access
      })
    },
    async logOut() {
      if (isBorrowed) throw new TypeError('This client was given an access token: log out where it is kept.')
      return logOut({ session, send, timeoutMs })
    },
    subscribe: session.subscribe,
  }
}

interface Procedure extends ProcedureEntry {
  path: string
}

type CallProcedure = (procedure: Procedure, input: unknown, options?: CallOptions) => Promise<unknown>

/** Creates the procedures from the table, which has a line for each. */
function createProcedures(call: CallProcedure): AuthProcedures {
  const entries = Object.entries(procedureTable).map(([name, entry]) => {
    const procedure = { path: `auth.${name}`, ...entry }
    const run = async (input: unknown, options?: CallOptions) => call(procedure, input, options)
    return [name, entry.type === 'query' ? { query: run } : { mutate: run }] as const
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the router makes both
  return Object.fromEntries(entries) as unknown as AuthProcedures
}
