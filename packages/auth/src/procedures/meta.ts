import type { AuthErrorCode } from '@pockitflyer/auth-protocol/errors'
import type { AuthError } from '../errors.ts'

/**
 * What `meta` of a procedure says beyond tRPC's own definition. REST, `OPTIONS` and OpenAPI are
 * derived from it.
 */
export interface ProcedureMeta {
  /** The caller must present an access token. `protectedProcedure` sets it. */
  isProtected?: true
  /**
   * What it means to the session that the typed client keeps. `starts`: the answer holds the tokens
   * of a new session. `restarts`: the same, and that session replaces the caller's. `refreshes`:
   * the answer holds tokens for those of the input. `revokes`: it revokes the session of the input.
   */
  session?: 'starts' | 'restarts' | 'refreshes' | 'revokes'
  /**
   * It writes what a Django service holds too: it is refused with `read_only` while Django leads.
   * Sessions are this service's own.
   */
  writesAccount?: true
  /** Its REST endpoint. Without it only tRPC serves the procedure. */
  rest?: RestMeta
  /** What the OpenAPI document says. A procedure with an endpoint must have it. */
  docs?: DocsMeta
  /**
   * The errors of its use case: a code of the table, or an example where the code alone does not
   * tell. Errors that every request can meet need not be listed.
   */
  errors?: (AuthErrorCode | ErrorExample)[]
}

/** The methods that an endpoint can have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A status of success other than 200. */
export type SuccessStatus = 201 | 204

/** Where REST serves a procedure, and how. */
export interface RestMeta {
  method: Method
  /**
   * Without the trailing slash, which may be there or not. A part like `{id}` stands for the input
   * field of that name.
   */
  path: string
  /** The name of the view that it replaces; `OPTIONS` has it. */
  view: string
  /** The docstring of that view; `OPTIONS` has it. Default: empty. */
  text?: string
  /** Fields that the view's serializer answers and does not take; `OPTIONS` has them. */
  readOnly?: string[]
  /** The status of success. Default: 200; 204 has no body. */
  status?: SuccessStatus
  /** Fields of the input and the answer that stand in a header instead of a body, with its name. */
  headers?: Record<string, string>
}

/** What the OpenAPI document says of a procedure. */
export interface DocsMeta {
  tag: 'Sessions' | 'Tokens' | 'Account'
  summary: string
  /** CommonMark. */
  description: string
  input?: Example
  output: Example
  /** The procedure asks nothing that could be out of order. */
  cannotFail?: true
}

/** A body of an example, and what to call it. */
export interface Example {
  summary: string
  example: object
}

/** An error that a procedure can answer with. */
export interface ErrorExample {
  /** Names it among those of the same status. */
  name: string
  /** What it means to the developer of a client. */
  note: string
  error: AuthError
}
