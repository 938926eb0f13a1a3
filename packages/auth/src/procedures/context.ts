import type { Language } from '@pockitflyer/languages'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller, Caller } from '../caller.ts'

/** Returns a text of the service, given in English, in the language of a request. */
export type Translate = (text: string) => string

/** What every procedure is handed. */
export interface RequestContext {
  auth: Auth
  caller: Caller
  /**
   * Returns the caller with the claims of the access token in `Authorization`. The token is
   * verified once, however many calls a request carries.
   * @throws {AuthError} not_authenticated, bad_authorization_header, and what `Tokens.verify`
   *   throws
   */
  authenticate(): Promise<AuthenticatedCaller>
  /** Names the request in the log: the id of the trace that it belongs to, or one of its own. */
  requestId: string
  /** The language of the answer, of those that `LANGUAGES` offers; English without it. */
  language: Language
  translate: Translate
}
