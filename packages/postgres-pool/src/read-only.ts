import { showHost } from './database-url.ts'
import { errorCode } from './error-code.ts'
import type { UrlHost } from './split-url.ts'

/** SQLSTATE read_only_sql_transaction: the server is a standby, or is configured as read-only. */
export const readOnlyState = '25006'

/** A server that accepts no writes. */
export class ReadOnlyServerError extends Error {
  override readonly name = 'ReadOnlyServerError'
  readonly code = readOnlyState

  constructor(host: UrlHost) {
    super(`${showHost(host)} takes no writes: it is in recovery or read-only`)
  }
}

/** Every one of several servers failed. `errors` has one error for each attempt. */
export class NoServerError extends AggregateError {
  override readonly name = 'NoServerError'
  /** SQLSTATE sqlclient_unable_to_establish_sqlconnection. */
  readonly code = '08001'

  constructor(errors: Error[]) {
    super(errors, `No server takes the connection: ${errors.map(({ message }) => message).join('; ')}`)
  }
}

/**
 * A statement that writes nothing and fails with 25006 on a read-only server, so that a pool drops
 * its connections.
 */
export const refuseReadOnly = `do $$ begin
  if current_setting('transaction_read_only')::boolean then
    raise exception 'the server is read-only' using errcode = '${readOnlyState}';
  end if;
end $$`

/** Returns whether an error means that the server answered and accepts no writes. */
export function isReadOnly(error: unknown): boolean {
  if (error instanceof NoServerError) return error.errors.some(isReadOnly)
  return errorCode(error) === readOnlyState
}
