import { randomUUID } from 'node:crypto'
import type { Auth } from '../auth.ts'
import type { Client } from '../db/events.ts'
import { parseAddress } from '../limits/address-key.ts'
import type { TokenClaims } from '../tokens/claims.ts'
import { readBearerToken } from './bearer.ts'
import { parseTraceparent } from './traceparent.ts'

/** Hears of each unknown exception, with the id that the client was given. */
export type ReportError = (error: unknown, details: { requestId: string; path: string }) => void

/** What every procedure is handed. */
export interface RequestContext {
  auth: Auth
  client: Client
  /**
   * The claims of the access token in `Authorization`; it is verified once, however many calls a request carries.
   * @throws {AuthError} not_authenticated, bad_authorization_header, and what `Tokens.verify` throws
   */
  readClaims(): Promise<TokenClaims>
  /** Names the request in the log: the id of the trace that it belongs to, or one of its own. */
  requestId: string
}

/** Longest user agent that is kept, in characters. */
const userAgentMaxLength = 512

/** Makes the context of one request. `address` is the address that the connection came from. */
export function createContext(auth: Auth, request: Request, address: string | undefined): RequestContext {
  return {
    auth,
    client: {
      ip: normalizeAddress(address),
      userAgent: request.headers.get('user-agent')?.slice(0, userAgentMaxLength) ?? null,
    },
    readClaims: once(() =>
      auth.tokens.verify(readBearerToken(request.headers.get('authorization')), 'access'),
    ),
    requestId: parseTraceparent(request.headers.get('traceparent'))?.traceId ?? randomUUID(),
  }
}

/** Does it when it is asked first, and has the same answer ever after. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return async () => (value ??= read())
}

/** An address as PostgreSQL's `inet` takes it: without a zone, and IPv4 as such when it was translated to IPv6 on the way. */
function normalizeAddress(address = ''): string | null {
  return parseAddress(address)?.toString() ?? null
}
