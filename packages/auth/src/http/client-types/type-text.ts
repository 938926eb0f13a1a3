import { z } from 'zod'
import { renderComment } from './comments.ts'

/** The side of a procedure that a type is for: only an input may spell out `undefined`. */
export type Side = 'input' | 'output'

/** The part of JSON Schema that the procedures' schemas use. */
const jsonSchema = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  description: z.string().default(''),
  maxLength: z.int().optional(),
  required: z.array(z.string()).default([]),
  get anyOf() {
    return z.array(jsonSchema).optional()
  },
  get items() {
    return jsonSchema.optional()
  },
  get properties() {
    return z.record(z.string(), jsonSchema).optional()
  },
})

type JsonSchema = z.output<typeof jsonSchema>

const withDefinitions = jsonSchema.extend({ $defs: z.record(z.string(), jsonSchema).default({}) })

/** A type as text, and the named types that it refers to. */
interface TypeText {
  text: string
  named: Map<string, string>
}

/**
 * Returns the type of a schema as text. A schema with an id becomes a reference and a body of its
 * own: `{ … }` for an interface.
 * @throws {Error} for a schema without a type
 */
export function renderType(schema: z.ZodType, side: Side): TypeText {
  const { $defs, ...root } = withDefinitions.parse(z.toJSONSchema(schema, { io: side }))
  const named = Object.entries($defs).map(([name, one]) => [name, toText(one, { side, indent: '' })] as const)
  return { text: toText(root, { side, indent: '  ' }), named: new Map(named) }
}

interface Place {
  side: Side
  indent: string
}

function toText(schema: JsonSchema, place: Place): string {
  const { $ref, type, items, anyOf, enum: values } = schema
  if ($ref !== undefined) return $ref.replace('#/$defs/', '')
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(' | ')
  if (anyOf !== undefined) return anyOf.map((one) => toText(one, place)).join(' | ')
  if (type === 'array' && items !== undefined) return toArray(toText(items, place))
  if (type === 'object') return toObject(schema, place)
  const names = [type ?? []].flat().map((name) => primitives[name])
  if (names.length > 0 && !names.includes(undefined)) return names.join(' | ')
  throw new Error(`There is no type for ${JSON.stringify(schema)}.`)
}

const primitives: Record<string, string> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
}

const toArray = (item: string) => (/[|{]/.test(item) ? `(${item})[]` : `${item}[]`)

function toObject({ properties = {}, required }: JsonSchema, { side, indent }: Place): string {
  const inner = `${indent}  `
  const fields = Object.entries(properties).map(([name, field]) => {
    const isRequired = required.includes(name)
    const type = toText(field, { side, indent: inner })
    const optional = side === 'input' && !isRequired ? ' | undefined' : ''
    return `${renderComment(describe(field), inner)}${inner}${name}${isRequired ? '' : '?'}: ${type}${optional}\n`
  })
  return fields.length === 0 ? 'Record<string, never>' : `{\n${fields.join('')}${indent}}`
}

function describe({ description, maxLength }: JsonSchema): string {
  const limit = maxLength === undefined ? '' : `At most ${maxLength.toLocaleString('en')} characters.`
  return `${description} ${limit}`.trim()
}
