import { errorTable, tokenErrors } from '@pockitflyer/auth-protocol/errors'
import { z } from 'zod'
import { unwrap } from '../../procedures/definitions.ts'

const codesOf = (entries: object[]) => [
  ...new Set(entries.flatMap((entry) => ('restCode' in entry ? [String(entry.restCode)] : []))),
]

const tokenCodes = codesOf(Object.values(tokenErrors))
const ownCodes = codesOf(Object.values(errorTable)).filter((code) => !tokenCodes.includes(code))

const text = z.string().meta({ description: 'What went wrong, in English.' })

/** An error with one text. */
export const detail = z.strictObject({ detail: text }).meta({ id: 'Detail' })

/** An error with one text, some of whose reasons have a code. */
export const codedDetail = z
  .strictObject({
    detail: text,
    code: z.enum(ownCodes).meta({ description: 'Names the reason.' }).optional(),
  })
  .meta({ id: 'CodedDetail' })

const code = z.enum(tokenCodes).meta({ description: 'Names the reason, where SimpleJWT has a name for it.' })

/** Why a token in a body was refused. */
export const tokenRefused = z
  .strictObject({ detail: text, code: code.optional() })
  .meta({ id: 'TokenRefused' })

const message = z.strictObject({
  token_class: z.literal('AccessToken'),
  token_type: z.literal('access'),
  message: text,
})

/** Why the access token in `Authorization` was refused. */
export const accessTokenRefused = z
  .strictObject({
    detail: text,
    code: code.optional(),
    messages: z
      .array(message)
      .min(1)
      .meta({ description: 'What is wrong with the token itself.' })
      .optional(),
  })
  .meta({ id: 'AccessTokenRefused' })

/** An internal error of the service. */
export const internalError = z
  .strictObject({
    detail: text,
    request_id: z.string().meta({
      description: 'Names this request in the log of the service. Worth reporting.',
      format: 'uuid',
    }),
  })
  .meta({ id: 'InternalError' })

const texts = z.array(text).min(1)

/** Texts per field of an input, at least one, or the error with one text. */
export function badRequest(input: z.ZodObject, single: z.ZodType): z.ZodType {
  const known = badRequests.get(input)
  if (known !== undefined) return known
  const fields = z.strictObject({ ...textsOf(input.shape), non_field_errors: texts.optional() }).meta({
    id: input.meta()?.id?.replace(/Input$/, 'FieldErrors'),
    description: 'What is wrong with each field; under `non_field_errors` what belongs to none.',
    minProperties: 1,
  })
  const schema = z.xor([fields, single])
  badRequests.set(input, schema)
  return schema
}

/**
 * Caches schemas, since one schema object is one component: operations with the same input share
 * it.
 */
const badRequests = new WeakMap<z.ZodObject, z.ZodType>()

/**
 * Returns the error schema of each field. For an object it is either texts about the whole, or an
 * object with texts per field.
 */
function textsOf(shape: z.ZodObject['shape']): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => {
      const inner = unwrap(field)
      const said =
        inner instanceof z.ZodObject
          ? z.union([texts, z.strictObject(textsOf(inner.shape)).meta({ minProperties: 1 })])
          : texts
      return [name, said.optional()]
    }),
  )
}
