import { z } from 'zod'
import { createSchema, type ZodOpenApiOperationObject, type ZodOpenApiRequestBodyObject } from 'zod-openapi'
import { hasBody, type Operation, pathParameters } from '../routes.ts'
import { formBody, jsonBody } from './bodies.ts'
import { describeResponses, type SharedResponses } from './responses.ts'

/**
 * Describes a procedure at its endpoint. The operation id is the last part of the procedure's name.
 * @throws {TypeError} when the procedure has no `docs`, or its path has a parameter that its input
 *   lacks
 */
export async function describeOperation(
  operation: Operation,
  shared: SharedResponses,
): Promise<ZodOpenApiOperationObject> {
  const { path, meta, rest } = operation
  if (meta.docs === undefined) throw new TypeError(`${path} has an endpoint and no docs`)
  const { tag, summary, description } = meta.docs
  return {
    operationId: path.replace(/^.*\./, ''),
    tags: [tag],
    summary,
    description,
    security: meta.isProtected ? [{ accessToken: [] }] : [],
    parameters: [
      ...pathParameters(rest.path).map((name) => describeParameter({ name, in: 'path' }, operation)),
      ...Object.keys(operation.query).map((name) => describeParameter({ name, in: 'query' }, operation)),
      ...Object.values(rest.headers ?? {}).map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ],
    ...describeBody(operation),
    responses: await describeResponses(operation, shared),
  }
}

function describeParameter(
  parameter: { name: string; in: 'path' | 'query' },
  { path, input, meta }: Operation,
) {
  const { name } = parameter
  const field: unknown = input?.shape[name]
  if (!(field instanceof z.ZodType)) throw new TypeError(`The input of ${path} has no field ${name}.`)
  const { schema } = createSchema(field)
  const { [name]: example }: Record<string, unknown> = { ...meta.docs?.input?.example }
  return { ...parameter, required: !field.safeParse(undefined).success, schema, example }
}

function describeBody(operation: Operation): { requestBody?: ZodOpenApiRequestBodyObject } {
  const { input } = operation.meta.docs ?? {}
  const schema = jsonBody(operation)
  if (schema === undefined || input === undefined || !hasBody(operation.rest.method)) return {}
  const json = { schema, example: input.example }
  const form = formBody(operation) ?? json
  const describeAs = ({ schema, example }: typeof json) => ({
    schema,
    examples: { input: { summary: input.summary, value: example } },
  })
  return {
    requestBody: {
      required: true,
      description: `${input.summary}.`,
      content: {
        'application/json': describeAs(json),
        'application/x-www-form-urlencoded': describeAs(form),
        'multipart/form-data': describeAs(form),
      },
    },
  }
}
