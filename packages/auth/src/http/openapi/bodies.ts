import { z } from 'zod'
import { unwrap } from '../../procedures/definitions.ts'
import type { Operation } from '../routes.ts'

/**
 * Returns the schema of an operation's JSON body: the input without the fields that REST has in a
 * header.
 */
export function jsonBody({ input, rest }: Operation): z.ZodObject | undefined {
  return input && omitHeaderFields(input, rest.headers)
}

/** Returns the schema of an answer's body. */
export function answerBody({ output, rest }: Operation): z.ZodType {
  const bodyOf = (schema: unknown): z.ZodType => {
    if (schema instanceof z.ZodObject) return omitHeaderFields(schema, rest.headers)
    if (schema instanceof z.ZodUnion) return z.union(schema.options.map(bodyOf))
    return z.instanceof(z.ZodType).parse(schema)
  }
  return bodyOf(output)
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

/**
 * Caches bodies, since one schema object is one component: operations with the same input share it.
 */
const bodies = new WeakMap<z.ZodObject, z.ZodObject>()

/**
 * Returns the schema of an operation's form, with an example: fields of a nested object have a dot
 * in their names.
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
