import type { AuthorizationContext } from '@pockitflyer/auth-client/trpc'
import type { Context } from 'hono'
import type { RequestIdVariables } from 'hono/request-id'

/** What Hono's middleware has put beside a request. */
export type Env = { Variables: RequestIdVariables }

/** What a procedure is told of its request, whichever door it came through. */
export interface RequestContext extends AuthorizationContext {
  authorization: string
  requestId: string
}

/** Makes the context of one request. */
export function createContext(c: Context<Env>): RequestContext {
  return { authorization: c.req.header('authorization') ?? '', requestId: c.get('requestId') }
}
