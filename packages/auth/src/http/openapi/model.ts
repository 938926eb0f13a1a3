/** The parts of an OpenAPI 3.1 document that this one uses (OpenAPI Specification 3.1.1, section 4.8). */
export interface OpenApiDocument {
  openapi: '3.1.1'
  info: { title: string; version: string; summary: string; description: string }
  servers: { url: string; description: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, OperationObject>>
  components: {
    securitySchemes: Record<string, object>
    parameters: Record<string, object>
    headers: Record<string, HeaderObject>
    responses: Record<string, ResponseObject>
    schemas: Record<string, JsonSchema>
  }
}

/** A JSON Schema of draft 2020-12. */
export type JsonSchema = Record<string, unknown>

/** Points at a component. */
export interface Reference {
  $ref: string
}

/** One method of one path. */
export interface OperationObject {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security: Record<string, string[]>[]
  parameters: (Reference | ParameterObject)[]
  requestBody?: { required: true; description: string; content: Record<string, MediaTypeObject> }
  responses: Record<string, ResponseObject | Reference>
}

/** What one status answers. */
export interface ResponseObject {
  description: string
  headers: Record<string, Reference>
  /** None where the answer has no body. */
  content?: Record<string, MediaTypeObject>
}

/** A part of the address. */
export interface ParameterObject {
  name: string
  in: 'path' | 'query'
  required: boolean
  schema: JsonSchema
  example: unknown
}

/** A body of one media type. */
export interface MediaTypeObject {
  schema: JsonSchema
  examples: Record<string, { summary: string; value: unknown }>
}

/** A header of an answer. */
export interface HeaderObject {
  description: string
  required: true
  schema: JsonSchema
}
