import { z } from 'zod'
import { type Endpoint, hasBody, pathParameters } from '../endpoints.ts'
import type { MediaTypeObject, OperationObject, ParameterObject, ResponseObject } from './model.ts'
import { type Operation, operations } from './operations.ts'
import { describeResponses } from './responses.ts'
import { schemaRef } from './schemas.ts'

/** An operation with its answers written out. */
export interface WholeOperation extends OperationObject {
  responses: Record<string, ResponseObject>
}

/**
 * Describes what a procedure does at an endpoint. It is called there by the last part of its name: one word in every place.
 * @throws {TypeError} when openapi/operations.ts does not know the procedure
 */
export async function describeOperation(
  endpoint: Endpoint,
  { method, procedure }: { method: string; procedure: string },
): Promise<WholeOperation> {
  const operation = operations[procedure]
  if (operation === undefined) throw new TypeError(`openapi/operations.ts lacks ${procedure}`)
  return {
    operationId: procedure.replace(/^.*\./, ''),
    tags: [operation.tag],
    summary: operation.summary,
    description: operation.description,
    security: endpoint.isProtected ? [{ accessToken: [] }] : [],
    parameters: [
      ...pathParameters(endpoint.path).map((name) => describeParameter({ name, in: 'path' }, operation)),
      ...Object.keys(endpoint.query ?? {}).map((name) => describeParameter({ name, in: 'query' }, operation)),
      ...Object.values(endpoint.headers ?? {}).map((name) => ({ $ref: `#/components/parameters/${name}` })),
      { $ref: '#/components/parameters/format' },
    ],
    ...(operation.input === undefined || !hasBody(method)
      ? {}
      : { requestBody: describeBody(operation.input) }),
    responses: await describeResponses(endpoint, { method, operation }),
  }
}

/** @throws {TypeError} when the input of the procedure has no such field */
function describeParameter(
  parameter: Pick<ParameterObject, 'name' | 'in'>,
  { input }: Operation,
): ParameterObject {
  const { name } = parameter
  const field: unknown = input?.schema.shape[name]
  if (!(field instanceof z.ZodType)) throw new TypeError(`no input has the parameter ${name}`)
  const { $schema: _schema, ...schema } = z.toJSONSchema(field)
  const { [name]: example }: Record<string, unknown> = { ...input?.example }
  return { ...parameter, required: !field.safeParse(undefined).success, schema, example }
}

function describeBody(input: NonNullable<Operation['input']>): NonNullable<OperationObject['requestBody']> {
  const { summary, form = input } = input
  const describeAs = ({ schema, example }: typeof form): MediaTypeObject => ({
    schema: { ...schemaRef(schema) },
    examples: { input: { summary, value: example } },
  })
  return {
    required: true,
    description: `${summary}.`,
    content: {
      'application/json': describeAs(input),
      'application/x-www-form-urlencoded': describeAs(form),
      'multipart/form-data': describeAs(form),
    },
  }
}
