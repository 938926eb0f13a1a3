import type { AuthorizationContext } from '@pockitflyer/auth-client/trpc'

/** What a procedure is told of its request, whichever door it came through. */
export interface RequestContext extends AuthorizationContext {
  authorization: string
  requestId: string
}
