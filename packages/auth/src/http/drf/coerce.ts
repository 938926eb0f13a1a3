import { AuthError } from '../../errors.ts'

/**
 * Gives a body the shape that a serializer expects: an object, in which a number stands for its text, as in CharField.
 * @throws {AuthError} invalid_input under `non_field_errors` for a body that is no object
 */
export function coerceFields(body: unknown): unknown {
  if (body === null)
    throw new AuthError('invalid_input', { fields: { non_field_errors: ['No data provided'] } })
  if (typeof body !== 'object' || Array.isArray(body)) {
    const text = `Invalid data. Expected a dictionary, but got ${pythonType(body)}.`
    throw new AuthError('invalid_input', { fields: { non_field_errors: [text] } })
  }
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  )
}

function pythonType(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  return Number.isInteger(value) ? 'int' : 'float'
}
