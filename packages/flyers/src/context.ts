import type { AuthorizationContext } from '@pockitflyer/auth-client/trpc'

/** What a procedure gets of its request, by tRPC as by REST. */
export interface RequestContext extends AuthorizationContext {
  authorization: string
  requestId: string
}
