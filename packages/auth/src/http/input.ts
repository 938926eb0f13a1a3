import type { z } from 'zod'
import { AuthError, type FieldErrors } from '../errors.ts'

/**
 * Checks what a client sent.
 * @throws {AuthError} invalid_input, with the texts for each field
 */
export function parseInput<Input extends z.ZodType>(schema: Input, input: unknown): z.output<Input> {
  const { data, error } = schema.safeParse(input)
  if (error !== undefined)
    throw new AuthError('invalid_input', { fields: toFieldErrors(error), cause: error })
  return data
}

/** Of a value of the wrong type nothing else is said: zod goes on to measure an empty list. */
function toFieldErrors({ issues }: z.core.$ZodError): FieldErrors {
  const fields = new Map<string, string[]>()
  const ofWrongType = new Set<string>()
  for (const { path, message, code } of issues) {
    const field = path.length === 0 ? 'non_field_errors' : path.join('.')
    if (ofWrongType.has(field)) continue
    if (code === 'invalid_type') ofWrongType.add(field)
    fields.set(field, [...(fields.get(field) ?? []), message])
  }
  return Object.fromEntries(fields)
}
