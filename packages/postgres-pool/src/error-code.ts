/**
 * Returns the code of an error: Node's, such as `ENOENT`, or PostgreSQL's SQLSTATE; `undefined`
 * where it has none.
 */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
