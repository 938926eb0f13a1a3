import { randomUUID } from 'node:crypto'
import { isIP } from 'node:net'
import type { Auth } from '../auth.ts'
import type { Client } from '../db/events.ts'
import { parseTraceparent } from './traceparent.ts'

/** Hears of each unknown exception, with the id that the client was given. */
export type ReportError = (error: unknown, details: { requestId: string; path: string }) => void

/** What every procedure is handed. */
export interface RequestContext {
  auth: Auth
  authorization: string | null
  client: Client
  /** Names the request in the log: the id of the trace that it belongs to, or one of its own. */
  requestId: string
}

/** Longest user agent that is kept, in characters. */
const userAgentMaxLength = 512

/** Makes the context of one request. `address` is the address that the connection came from. */
export function createContext(auth: Auth, request: Request, address: string | undefined): RequestContext {
  return {
    auth,
    authorization: request.headers.get('authorization'),
    client: {
      ip: normalizeAddress(address),
      userAgent: request.headers.get('user-agent')?.slice(0, userAgentMaxLength) ?? null,
    },
    requestId: parseTraceparent(request.headers.get('traceparent'))?.traceId ?? randomUUID(),
  }
}

/** An address as PostgreSQL's `inet` takes it: without a zone, and IPv4 as such when it came mapped into IPv6. */
function normalizeAddress(address = ''): string | null {
  const [bare = ''] = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%')
  return isIP(bare) === 0 ? null : bare
}
