import type { FieldErrors } from '@pockitflyer/auth-protocol/errors'
import { Failure } from './failure.ts'

interface Issue {
  path: PropertyKey[]
  message: string
}

/** A schema of @pockitflyer/auth/schema. */
export interface Schema<Output> {
  safeParse(input: unknown): { success: true; data: Output } | { success: false; error: { issues: Issue[] } }
}

/**
 * Parses an operator's input. `field` names a value outside of an object.
 * @throws {Failure} with a line for each problem, which begins with the name of its field
 */
export function validate<Output>(schema: Schema<Output>, input: unknown, field = 'input'): Output {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const fields: FieldErrors = {}
  for (const { path, message } of result.error.issues) {
    const name = String(path[0] ?? field)
    fields[name] = [...(fields[name] ?? []), message]
  }
  throw new Failure(describeFields(fields))
}

/** Returns a line for each text, with the field's name as the tool's options spell it. */
export function describeFields(fields: FieldErrors): string {
  const lines = Object.entries(fields).flatMap(([name, texts]) =>
    texts.map((text) => `  ${name.replaceAll('_', '-')}: ${text}`),
  )
  return ['This cannot be accepted:', ...lines].join('\n')
}
