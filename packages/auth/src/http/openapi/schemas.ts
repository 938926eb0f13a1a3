import { z } from 'zod'
import { errorTable } from '../../errors.ts'
import {
  changePasswordInput,
  listSessionsInput,
  loginInput,
  loginResult,
  newTokens,
  nothing,
  profile,
  publicPolicy,
  refreshInput,
  registerInput,
  sessionEntry,
  sessionList,
  tokenPair,
  updateProfileInput,
  user,
  verifyInput,
} from '../../schema.ts'
import { endpoints } from '../endpoints.ts'
import type { JsonSchema, Reference } from './model.ts'

const restCodes = [
  ...new Set(Object.values(errorTable).flatMap((entry) => ('restCode' in entry ? [entry.restCode] : []))),
]

const text = z.string().meta({ description: 'What went wrong, in English.' })

/** An error that says one thing. */
export const detail = z.strictObject({ detail: text })

const code = z.enum(restCodes).meta({ description: 'Names the reason, where SimpleJWT has a name for it.' })

/** Why a token in a body was refused. */
export const tokenRefused = z.strictObject({ detail: text, code: code.optional() })

const message = z.strictObject({
  token_class: z.literal('AccessToken'),
  token_type: z.literal('access'),
  message: text,
})

/** Why the access token in `Authorization` was refused. */
export const accessTokenRefused = z.strictObject({
  detail: text,
  code: code.optional(),
  messages: z.array(message).min(1).meta({ description: 'What is wrong with the token itself.' }).optional(),
})

/** A failure of the service's own. */
export const internalError = z.strictObject({
  detail: text,
  request_id: z.string().meta({
    description: 'Names this request in the log of the service. Worth reporting.',
    format: 'uuid',
  }),
})

const texts = z.array(text).min(1)

/** Texts per field of an input, at least one. */
function fieldErrorsOf({ shape }: z.ZodObject): z.ZodType {
  return z.strictObject({ ...textsOf(shape), non_field_errors: texts.optional() }).meta({
    description: 'What is wrong with each field; under `non_field_errors` what belongs to none.',
    minProperties: 1,
  })
}

/** What is wrong with a field that is an object is texts about it as a whole, or an object with texts per field of it. */
function textsOf(shape: z.ZodObject['shape']): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => {
      const inner: unknown = field instanceof z.ZodOptional ? field.unwrap() : field
      const said =
        inner instanceof z.ZodObject
          ? z.union([texts, z.strictObject(textsOf(inner.shape)).meta({ minProperties: 1 })])
          : texts
      return [name, said.optional()]
    }),
  )
}

const { shape: profileShape } = updateProfileInput.shape.profile.unwrap()

/** A change of the profile as a form has it. */
export const updateProfileForm = z.object({
  'profile.display_name': profileShape.display_name,
  'profile.bio': profileShape.bio,
})

const inputs = {
  ChangePasswordInput: changePasswordInput,
  LoginInput: loginInput,
  RefreshInput: refreshInput,
  RegisterInput: registerInput,
  UpdateProfileInput: updateProfileInput,
  UpdateProfileForm: updateProfileForm,
  VerifyInput: verifyInput,
}

/** They stand in the parameters of an operation, and in no component. */
const queries = { ListSessionsInput: listSessionsInput }

const outputs = {
  Policy: publicPolicy,
  Session: loginResult,
  SessionEntry: sessionEntry,
  SessionList: sessionList,
  TokenPair: tokenPair,
  NewTokens: newTokens,
  User: user,
  Profile: profile,
  Nothing: nothing,
}

const errors = {
  ChangePasswordFieldErrors: fieldErrorsOf(changePasswordInput),
  ListSessionsFieldErrors: fieldErrorsOf(listSessionsInput),
  LoginFieldErrors: fieldErrorsOf(loginInput),
  RefreshFieldErrors: fieldErrorsOf(refreshInput),
  RegisterFieldErrors: fieldErrorsOf(registerInput),
  UpdateProfileFieldErrors: fieldErrorsOf(updateProfileInput),
  VerifyFieldErrors: fieldErrorsOf(verifyInput),
  Detail: detail,
  TokenRefused: tokenRefused,
  AccessTokenRefused: accessTokenRefused,
  InternalError: internalError,
}

const names = new Map<z.ZodType, string>(
  Object.entries({ ...inputs, ...queries, ...outputs, ...errors }).map(([name, schema]) => [schema, name]),
)

/**
 * Points at the component of a schema.
 * @throws {TypeError} when the schema has no name above
 */
export function schemaRef(schema: z.ZodType): Reference {
  const name = names.get(schema)
  if (name === undefined)
    throw new TypeError('A schema that the document uses has no name in openapi/schemas.ts')
  return { $ref: `#/components/schemas/${name}` }
}

/** Points at the component that lists what can be wrong with an input. */
export function fieldErrorsRef(input: z.ZodType): Reference {
  const { $ref } = schemaRef(input)
  return { $ref: $ref.replace(/Input$/, 'FieldErrors') }
}

/** Every schema as JSON Schema, by name. An answer may get new fields: clients ignore those that they do not know. */
export function createSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>()
  for (const [schema, id] of names) if (!(id in queries)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, {
    // As output zod closes every object; as input the strict ones alone.
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      omitSafeIntegerBounds(jsonSchema)
      omitHeaderFields(jsonSchema)
    },
  })
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, ...schema }]) => [id, schema]),
  )
}

/** Fields that REST has in a header are in no body. */
function omitHeaderFields({ properties, required }: JsonSchema): void {
  for (const field of endpoints.flatMap(({ headers = {} }) => Object.keys(headers))) {
    if (typeof properties === 'object' && properties !== null) Reflect.deleteProperty(properties, field)
    if (Array.isArray(required) && required.includes(field)) required.splice(required.indexOf(field), 1)
  }
}

function omitSafeIntegerBounds(schema: JsonSchema): void {
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum']
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum']
}
