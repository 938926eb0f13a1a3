import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { type DocumentedOperation, document } from './documented.ts'

/** An answer as it came; header names in lower case. */
export interface ReceivedAnswer {
  status: number
  headers: Headers
  body: unknown
}

/**
 * What an answer has that the document does not say, or lacks that it does; empty when they agree.
 */
export function checkAnswer(operation: DocumentedOperation, answer: ReceivedAnswer): string[] {
  return [...checkBody(operation, answer), ...checkHeaders(operation, answer.headers, answer.status)]
}

/** Checks status and body alone. */
export function checkBody(
  { operationId, responses }: DocumentedOperation,
  { status, body }: Pick<ReceivedAnswer, 'status' | 'body'>,
): string[] {
  const response = responses.get(status)
  if (response === undefined) return [`${operationId} answered ${status}, which is not documented`]
  const content = response.content?.['application/json']
  if (content !== undefined) return checkValue(content.schema, body)
  return body === undefined ? [] : [`${operationId} answered ${status} with a body`]
}

/** Checks a value against a schema of the document, closed to fields that it does not name. */
export function checkValue(schema: object, value: unknown): string[] {
  const validate = validators.get(schema) ?? compile(schema)
  validators.set(schema, validate)
  validate(value)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

function checkHeaders({ responses }: DocumentedOperation, received: Headers, status: number): string[] {
  const documented = responses.get(status)?.headers ?? {}
  const problems = Object.entries(document.components.headers).flatMap(([name, { schema, required }]) => {
    const value = received.get(name)
    if (!(name in documented)) return value === null ? [] : [`the header ${name} is not documented`]
    if (value !== null) return checkValue(schema, value)
    return required ? [`the header ${name} is missing`] : []
  })
  const type = received.get('content-type')
  const expected = responses.get(status)?.content === undefined ? null : 'application/json'
  return type === expected ? problems : [...problems, `the media type is ${type}`]
}

const validators = new Map<object, ValidateFunction>()

const ajv = new Ajv2020({ allErrors: true, strict: true })
formats.default(ajv)
ajv.addKeyword('components')

function compile(schema: object): ValidateFunction {
  return ajv.compile({ ...schema, components: { schemas: close(document.components.schemas) } })
}

/**
 * The document leaves answers open to fields of the future. What is answered today must all be in
 * it.
 */
function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close)
  if (typeof value !== 'object' || value === null) return value
  const closed = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, close(part)]))
  return closed['type'] === 'object' ? { additionalProperties: false, ...closed } : closed
}
