import { z } from 'zod'
import { unwrap } from '../../procedures/definitions.ts'
import type { Operation } from '../routes.ts'

/**
 * The input of an operation as a JSON body has it: fields that REST has in a header are left out.
 */
export function jsonBody({ input, rest }: Operation): z.ZodObject | undefined {
  return input && omitHeaderFields(input, rest.headers)
}

/** The answer of an operation as its body has it. */
export function answerBody({ output, rest }: Operation): z.ZodType {
  return output instanceof z.ZodObject ? omitHeaderFields(output, rest.headers) : output
}

function omitHeaderFields(schema: z.ZodObject, headers: Record<string, string> = {}): z.ZodObject {
  const known = bodies.get(schema)
  if (known !== undefined) return known
  const fields = Object.entries(schema.shape)
  const kept = fields.filter(([name]) => !Object.hasOwn(headers, name))
  if (kept.length === fields.length) return schema
  const body = z.object(Object.fromEntries(kept)).meta(schema.meta() ?? {})
  bodies.set(schema, body)
  return body
}

/** A component is one object: two operations that take the same input share it. */
const bodies = new WeakMap<z.ZodObject, z.ZodObject>()

/**
 * The input of an operation as a form has it, with an example: fields of a field have a dot in
 * their names.
 */
export function formBody({
  input,
  nested,
  meta,
}: Operation): { schema: z.ZodObject; example: object } | undefined {
  if (input === undefined || nested.length === 0) return undefined
  const shape = Object.entries(input.shape).flatMap(([name, field]) => {
    const inner = unwrap(field)
    return inner instanceof z.ZodObject
      ? withPrefix(name, Object.entries(inner.shape))
      : [[name, field] as const]
  })
  const fields: [string, unknown][] = Object.entries(meta.docs?.input?.example ?? {})
  const example = fields.flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null) return [[name, value] as const]
    const parts: [string, unknown][] = Object.entries(value)
    return withPrefix(name, parts)
  })
  return {
    schema: z.object(Object.fromEntries(shape)).meta({ id: input.meta()?.id?.replace(/Input$/, 'Form') }),
    example: Object.fromEntries(example),
  }
}

function withPrefix<Value>(name: string, fields: [string, Value][]): (readonly [string, Value])[] {
  return fields.map(([part, value]) => [`${name}.${part}`, value])
}
