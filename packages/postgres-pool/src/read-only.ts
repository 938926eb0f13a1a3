import { showHost } from './database-url.ts'
import type { UrlHost } from './split-url.ts'

/** SQLSTATE read_only_sql_transaction: the server is a standby, or was told to take no writes. */
export const readOnlyState = '25006'

/** A server that takes no writes. */
export class ReadOnlyServerError extends Error {
  override readonly name = 'ReadOnlyServerError'
  readonly code = readOnlyState

  constructor(host: UrlHost) {
    super(`${showHost(host)} takes no writes: it is in recovery or read-only`)
  }
}

/** None of several servers can be used. `errors` has one for each attempt. */
export class NoServerError extends AggregateError {
  override readonly name = 'NoServerError'
  /** SQLSTATE sqlclient_unable_to_establish_sqlconnection. */
  readonly code = '08001'

  constructor(errors: Error[]) {
    super(errors, `No server takes the connection: ${errors.map(({ message }) => message).join('; ')}`)
  }
}

/**
 * A statement that fails with 25006 where the server takes no writes, so that a pool drops its
 * connections. It writes nothing itself.
 */
export const refuseReadOnly = `do $$ begin
  if current_setting('transaction_read_only')::boolean then
    raise exception 'the server is read-only' using errcode = '${readOnlyState}';
  end if;
end $$`

/** Whether an error says that a server was reached and takes no writes. */
export function isReadOnly(error: unknown): boolean {
  if (error instanceof NoServerError) return error.errors.some(isReadOnly)
  return error instanceof Error && 'code' in error && error.code === readOnlyState
}
