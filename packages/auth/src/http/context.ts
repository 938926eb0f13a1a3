import { randomUUID } from 'node:crypto'
import { readBearerToken } from '@pockitflyer/auth-protocol/claims'
import { parseAddress } from '@pockitflyer/server/address'
import type { Auth } from '../auth.ts'
import type { RequestContext } from '../procedures/context.ts'
import { accept } from '../tokens/accept.ts'
import { parseTraceparent } from '@pockitflyer/server/traceparent'

/** Hears of each unknown exception, with the id that the client was given. */
export type ReportError = (error: unknown, details: { requestId: string; path: string }) => void

/** Longest user agent that is kept, in characters. */
const userAgentMaxLength = 512

/** Makes the context of one request. `address` is the address that the connection came from. */
export function createContext(auth: Auth, request: Request, address: string | undefined): RequestContext {
  const client = {
    ip: normalizeAddress(address),
    userAgent: request.headers.get('user-agent')?.slice(0, userAgentMaxLength) ?? null,
  }
  return {
    auth,
    caller: { client },
    authenticate: once(async () => {
      const { token } = accept(readBearerToken(request.headers.get('authorization')))
      return { client, claims: await auth.tokens.verify(token, 'access') }
    }),
    requestId: parseTraceparent(request.headers.get('traceparent'))?.traceId ?? randomUUID(),
  }
}

/** Does it when it is asked first, and has the same answer ever after. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return async () => (value ??= read())
}

/**
 * An address as PostgreSQL's `inet` takes it: without a zone, and IPv4 as such when it was
 * translated to IPv6 on the way.
 */
function normalizeAddress(address = ''): string | null {
  return parseAddress(address)?.toString() ?? null
}
