import { createOpenApiDocument } from '@pockitflyer/auth/openapi'
import { z } from 'zod'

const schema = z.record(z.string(), z.unknown())
const content = z.record(
  z.string(),
  z.object({ schema, examples: z.record(z.string(), z.object({ value: z.unknown() })) }),
)
const reference = z.object({ $ref: z.string() })

/** An answer that the document describes. It has no content where the answer has no body. */
const response = z.object({ headers: z.record(z.string(), reference), content: content.optional() })
type DocumentedResponse = z.output<typeof response>

const operation = z.object({
  operationId: z.string(),
  security: z.array(z.unknown()),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.union([reference, response])),
})

/**
 * What the tests read of the document. That the API serves this one is a test of its own, in
 * apps/api.
 */
export const document = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), operation)),
    components: z.object({
      headers: z.record(z.string(), z.object({ schema, required: z.boolean() })),
      responses: z.record(z.string(), response),
      schemas: z.record(z.string(), schema),
    }),
  })
  .parse(await createOpenApiDocument())

/** An operation with its address, and its answers by status. */
export interface DocumentedOperation {
  operationId: string
  method: string
  path: string
  isProtected: boolean
  /** The media types that its body may have; none for an operation without a body. */
  bodies: { type: string; schema: object; example: unknown }[]
  responses: Map<number, DocumentedResponse>
}

/** Every operation of the document, with nothing left to look up. */
export const operations: DocumentedOperation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, security, requestBody, responses }]) => ({
    operationId,
    method: method.toUpperCase(),
    path,
    isProtected: security.length > 0,
    bodies: Object.entries(requestBody?.content ?? {}).flatMap(([type, { schema, examples }]) =>
      Object.values(examples).map(({ value }) => ({ type, schema, example: value })),
    ),
    responses: new Map(
      Object.entries(responses).map(([status, response]) => [Number(status), resolve(response)]),
    ),
  })),
)

function resolve(response: DocumentedResponse | { $ref: string }): DocumentedResponse {
  if (!('$ref' in response)) return response
  const found = document.components.responses[response.$ref.replace('#/components/responses/', '')]
  if (found === undefined) throw new TypeError(`${response.$ref} points nowhere`)
  return found
}
