/**
 * The Django database, its tables or the mapping file cannot be used as they are. The message tells
 * an operator what to do.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}
