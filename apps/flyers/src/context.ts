import type { RequestContext } from '@pockitflyer/flyers/context'
import type { Context } from 'hono'
import type { RequestIdVariables } from 'hono/request-id'

/** What Hono's middleware has put beside a request. */
export type Env = { Variables: RequestIdVariables }

/** Makes the context of one request. */
export function createContext(c: Context<Env>): RequestContext {
  return { authorization: c.req.header('authorization') ?? '', requestId: c.get('requestId') }
}
