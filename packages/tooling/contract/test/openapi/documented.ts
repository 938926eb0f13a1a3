import { createOpenApiDocument } from '@pockitflyer/auth/http'

/** The document under test. That the API serves this one is a test of its own, in apps/api. */
export const document = await createOpenApiDocument()

/** An answer that the document describes. */
interface DocumentedResponse {
  headers: Record<string, { $ref: string }>
  /** None where the answer has no body. */
  content?: Record<string, { schema: object; examples: Record<string, { value: unknown }> }>
}

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
