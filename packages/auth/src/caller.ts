import type { ClientInfo } from './db/auth-events.ts'
import type { TokenClaims } from './tokens/claims.ts'

/** The caller of a use case: its second argument. */
export interface Caller {
  client: ClientInfo
}

/** A caller who presented a token: its claims, verified. */
export interface AuthenticatedCaller extends Caller {
  claims: TokenClaims
}
