import { type AuthError, errorTable } from '../../errors.ts'
import { renderAnswer, renderError } from '../drf/render.ts'
import { type Endpoint, findProcedure, type SuccessStatus } from '../endpoints.ts'
import { examples } from './examples.ts'
import { headerRefs } from './headers.ts'
import type { JsonSchema, ResponseObject } from './model.ts'
import type { Operation } from './operations.ts'
import { listRefusals, type Refusal } from './refusals.ts'
import {
  accessTokenRefused,
  detail,
  fieldErrorsRef,
  internalError,
  schemaRef,
  tokenRefused,
} from './schemas.ts'

/** What each status means; the reasons stand below it. */
const meanings: Record<AuthError['status'], string> = {
  400: 'The body is not as it must be.',
  401: 'The service does not know who is there.',
  403: 'The service does not do that for anybody.',
  404: 'There is nothing of that kind.',
  405: 'The address has no such method.',
  406: 'There is nothing that the client accepts.',
  413: 'The body is too large.',
  415: 'The service does not read bodies of that kind.',
  429: 'That was too often.',
  500: 'The service failed.',
  503: 'The service is busy or not available.',
}

/** Every status that an operation can answer with. The examples are rendered by what renders the answers. */
export async function describeResponses(
  endpoint: Endpoint,
  { method, operation }: { method: string; operation: Operation },
): Promise<Record<string, ResponseObject>> {
  const listed = await listRefusals(endpoint, { method, operation })
  const byStatus = Map.groupBy(listed, ({ error }) => error.status)
  const status = findProcedure(endpoint, method)?.status ?? 200
  const refused = await Promise.all(
    [...byStatus].map(
      async ([status, refusals]): Promise<[number, ResponseObject]> => [
        status,
        await describeRefusals(status, refusals, { endpoint, operation }),
      ],
    ),
  )
  return { [status]: describeSuccess(status, operation.output, endpoint), ...Object.fromEntries(refused) }
}

function describeSuccess(
  status: 200 | SuccessStatus,
  { schema, summary, example }: Operation['output'],
  { headers: fields = {} }: Endpoint,
): ResponseObject {
  const headerFields = Object.fromEntries(Object.values(fields).map((name) => [name, 'example']))
  const { headers } = renderAnswer({ status, body: example, headers: headerFields }, renderOptions)
  const described = { description: `${summary}.`, headers: headerRefs([headers]) }
  if (status === 204) return described
  return {
    ...described,
    content: {
      'application/json': {
        schema: { ...schemaRef(schema) },
        examples: { success: { summary, value: example } },
      },
    },
  }
}

const renderOptions = { indent: 0, allow: [], isProtected: false, requestId: examples.requestId }

interface Described {
  endpoint: Endpoint
  operation: Operation
}

async function describeRefusals(
  status: AuthError['status'],
  refusals: Refusal[],
  described: Described,
): Promise<ResponseObject> {
  const { isProtected } = described.endpoint
  const answers = refusals.map(({ error }) => renderError(error, { ...renderOptions, isProtected }))
  const values = await Promise.all(answers.map((answer): Promise<unknown> => answer.json()))
  const reasons = refusals.map(({ name, note }) => `- \`${name}\`: ${note}`)
  return {
    description: [meanings[status], '', ...reasons].join('\n'),
    headers: headerRefs(answers.map(({ headers }) => headers)),
    content: {
      'application/json': {
        schema: schemaOf(status, refusals, described),
        examples: Object.fromEntries(
          refusals.map(({ name, error }, index) => [
            name,
            { summary: summaryOf(error), value: values[index] },
          ]),
        ),
      },
    },
  }
}

function summaryOf({ fields, message }: AuthError): string {
  return fields === undefined ? message : (Object.values(fields).flat()[0] ?? message)
}

function schemaOf(
  status: AuthError['status'],
  refusals: Refusal[],
  { endpoint, operation }: Described,
): JsonSchema {
  if (status === 400 && operation.input !== undefined) {
    return { oneOf: [fieldErrorsRef(operation.input.schema), schemaRef(detail)] }
  }
  if (status === 500) return { ...schemaRef(internalError) }
  if (status !== 401) return { ...schemaRef(detail) }
  if (endpoint.isProtected) return { ...schemaRef(accessTokenRefused) }
  const hasCode = refusals.some(({ error }) => 'restCode' in errorTable[error.code])
  return { ...schemaRef(hasCode ? tokenRefused : detail) }
}
