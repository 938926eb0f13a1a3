import { AuthError } from '../../errors.ts'

/**
 * A body as a serializer takes it: an object of fields.
 * @throws {AuthError} invalid_input under `non_field_errors` for a body that is no object
 */
export function requireFields(body: unknown): object {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  const text =
    body === null ? 'No data provided' : `Invalid data. Expected a dictionary, but got ${pythonType(body)}.`
  throw new AuthError('invalid_input', { fields: { non_field_errors: [text] } })
}

function pythonType(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'bigint' ? 'int' : 'float'
}
