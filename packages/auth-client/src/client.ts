import type { AppRouter } from '@pockitflyer/auth/router'
import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client'

/** Most calls that travel in one request: the service refuses more. */
const batchMaxSize = 20

/** The account service's procedures, with the types of the service itself. */
export type AuthClient = TRPCClient<AppRouter>

/** Where the account service is and who calls it. */
export interface AuthClientOptions {
  /** The tRPC endpoint, for example `https://accounts.example.com/api/trpc`. */
  url: string
  /** Sent as `Authorization: Bearer …`; a function is asked at each request. */
  accessToken?: string | (() => string | undefined)
  /** Sent with every request. */
  headers?: Record<string, string>
  /** Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch
}

/**
 * Makes the typed client of the account service. It needs `fetch` and nothing else, keeps no state and opens nothing. Calls
 * of the same tick travel in one request.
 * @throws {TRPCClientError} from each call; `findAuthError` tells what the service said.
 */
export function createAuthClient({ url, accessToken, headers, fetch }: AuthClientOptions): AuthClient {
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url,
        maxItems: batchMaxSize,
        headers() {
          const token = typeof accessToken === 'function' ? accessToken() : accessToken
          return { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
        },
        ...(fetch === undefined
          ? {}
          : {
              fetch: (input: string | URL | Request, init) =>
                fetch(input, { ...init, signal: init?.signal ?? null }),
            }),
      }),
    ],
  })
}
