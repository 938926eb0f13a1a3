import type { Auth } from '../auth.ts'
import type { ClientInfo } from '../db/auth-events.ts'
import type { TokenClaims } from '../tokens/claims.ts'

/** What every procedure is handed. */
export interface RequestContext {
  auth: Auth
  client: ClientInfo
  /**
   * Returns the claims of the access token in `Authorization`. The token is verified once, however
   * many calls a request carries.
   * @throws {AuthError} not_authenticated, bad_authorization_header, and what `Tokens.verify`
   *   throws
   */
  readClaims(): Promise<TokenClaims>
  /** Names the request in the log: the id of the trace that it belongs to, or one of its own. */
  requestId: string
}
