import { fieldTexts, fillText } from '@pockitflyer/auth-protocol/errors'
import { AuthError } from '../../errors.ts'

/**
 * Returns a body as a serializer reads it: an object of fields.
 * @throws {AuthError} invalid_input under `non_field_errors` for any other body
 */
export function requireFields(body: unknown): object {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  const text = body === null ? fieldTexts.noData : fillText(fieldTexts.notFields, { type: pythonType(body) })
  throw new AuthError('invalid_input', { fields: { non_field_errors: [text] } })
}

/**
 * Moves fields with a dot in their names into the objects of `nested`. It drops a field with the
 * name of such an object, as Django REST framework does with forms.
 */
export function nestFields(fields: Record<string, unknown>, nested: string[]): Record<string, unknown> {
  const flat = Object.entries(fields).filter(
    ([name]) => !nested.some((outer) => name === outer || name.startsWith(`${outer}.`)),
  )
  const objects = nested.map((outer): [string, object] => [outer, membersOf(fields, outer)])
  const filled = objects.filter(([, members]) => Object.keys(members).length > 0)
  return Object.fromEntries([...flat, ...filled])
}

function membersOf(fields: Record<string, unknown>, outer: string): object {
  const prefix = `${outer}.`
  const members = Object.entries(fields).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(members.map(([name, value]) => [name.slice(prefix.length), value]))
}

function pythonType(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'bigint' ? 'int' : 'float'
}
