import { createTRPCUntypedClient, httpBatchLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'

/** Most calls that travel in one request: the service refuses more. */
const batchMaxSize = 20

/** A call of one procedure. */
export interface Call {
  type: 'query' | 'mutation'
  /** For example `auth.login`. */
  path: string
  input: unknown
}

/** Sends a call once, with an access token or without. */
export type Send = (call: Call, options: SendOptions) => Promise<unknown>

interface SendOptions {
  accessToken?: string | undefined
  signal: AbortSignal
}

/** Where calls go. */
export interface TransportOptions {
  /** The tRPC endpoint, for example `https://accounts.example.com/api/trpc`. */
  url: string
  /** Sent with every request. */
  headers?: Record<string, string>
  /** Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch
}

/**
 * Sends calls through tRPC's own client. Those of one tick travel in one request; those of
 * different access tokens never do, so that no call is made in another user's name.
 */
export function createTransport({ url, headers, fetch }: TransportOptions): Send {
  function connect(accessToken: string | undefined) {
    const link = httpBatchLink<AnyRouter>({
      url,
      maxItems: batchMaxSize,
      headers: {
        ...headers,
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
      },
      ...(fetch === undefined
        ? {}
        : {
            fetch: (input: string | URL | Request, init) =>
              fetch(input, { ...init, signal: init?.signal ?? null }),
          }),
    })
    return createTRPCUntypedClient<AnyRouter>({ links: [link] })
  }

  const anonymous = connect(undefined)
  let latest = { accessToken: '', client: anonymous }

  function clientFor(accessToken: string | undefined) {
    if (accessToken === undefined) return anonymous
    if (latest.accessToken !== accessToken) latest = { accessToken, client: connect(accessToken) }
    return latest.client
  }

  return async ({ type, path, input }, { accessToken, signal }) => {
    if (signal.aborted) throw new Error('The call was given up before it was sent.')
    const client = clientFor(accessToken)
    return type === 'query' ? client.query(path, input, { signal }) : client.mutation(path, input, { signal })
  }
}
