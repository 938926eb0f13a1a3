import { errorTable } from '@pockitflyer/auth-protocol/errors'
import type { z } from 'zod'
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi'
import type { AuthError } from '../../errors.ts'
import { examples } from '../../procedures/examples.ts'
import type { ErrorExample } from '../../procedures/meta.ts'
import { renderAnswer, renderError } from '../drf/render.ts'
import type { Operation } from '../routes.ts'
import { answerBody, jsonBody } from './bodies.ts'
import {
  accessTokenRefused,
  badRequest,
  codedDetail,
  detail,
  internalError,
  tokenRefused,
} from './error-schemas.ts'
import { headerRefs } from './headers.ts'
import { listErrors } from './list-errors.ts'

type ErrorStatus = AuthError['status']

/** The meaning of each status; the document lists the reasons below it. */
const meanings: Record<ErrorStatus, string> = {
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

/** Statuses with the same answer at every operation, and its name among the components. */
const sharedNames: Partial<Record<ErrorStatus, string>> = {
  404: 'NotFound',
  406: 'NotAcceptable',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  500: 'InternalError',
}

/** The shared answers of a document, by their names. */
export type SharedResponses = Map<string, ZodOpenApiResponseObject>

/**
 * Describes every status that an operation can answer with. The renderer of the answers renders the
 * examples.
 */
export async function describeResponses(
  operation: Operation,
  shared: SharedResponses,
): Promise<ZodOpenApiResponsesObject> {
  const byStatus = Map.groupBy(await listErrors(operation), ({ error }) => error.status)
  const responses: ZodOpenApiResponsesObject = { [`${statusOf(operation)}`]: describeSuccess(operation) }
  for (const [status, listed] of byStatus) {
    const name = sharedNames[status]
    const response = await describeErrors(status, listed, operation)
    if (name !== undefined) shared.set(name, response)
    responses[`${status}`] = name === undefined ? response : { $ref: `#/components/responses/${name}` }
  }
  return responses
}

const statusOf = ({ rest }: Operation) => rest.status ?? 200

const renderOptions = {
  indent: 0,
  allow: [],
  isProtected: false,
  requestId: examples.requestId,
  translate: String,
}

function describeSuccess(operation: Operation): ZodOpenApiResponseObject {
  const { summary = '', example = {} } = operation.meta.docs?.output ?? {}
  const status = statusOf(operation)
  const headerFields = Object.fromEntries(
    Object.values(operation.rest.headers ?? {}).map((name) => [name, 'example']),
  )
  const { headers } = renderAnswer({ status, body: example, headers: headerFields }, renderOptions)
  const described = { description: `${summary}.`, headers: headerRefs([headers]) }
  if (status === 204) return described
  const content = { schema: answerBody(operation), examples: { success: { summary, value: example } } }
  return { ...described, content: { 'application/json': content } }
}

async function describeErrors(
  status: ErrorStatus,
  listed: ErrorExample[],
  operation: Operation,
): Promise<ZodOpenApiResponseObject> {
  const { isProtected = false } = operation.meta
  const answers = listed.map(({ error }) => renderError(error, { ...renderOptions, isProtected }))
  const values = await Promise.all(answers.map((answer): Promise<unknown> => answer.json()))
  const reasons = listed.map(({ name, note }) => `- \`${name}\`: ${note}`)
  return {
    description: [meanings[status], '', ...reasons].join('\n'),
    headers: headerRefs(answers.map(({ headers }) => headers)),
    content: {
      'application/json': {
        schema: schemaOf(status, listed, operation),
        examples: Object.fromEntries(
          listed.map(({ name, error }, index) => [name, { summary: summaryOf(error), value: values[index] }]),
        ),
      },
    },
  }
}

function summaryOf({ fields, message }: AuthError): string {
  return fields === undefined ? message : (Object.values(fields).flat()[0] ?? message)
}

function schemaOf(status: ErrorStatus, listed: ErrorExample[], operation: Operation): z.ZodType {
  const input = jsonBody(operation)
  const hasCode = listed.some(({ error }) => 'restCode' in errorTable[error.code])
  const single = hasCode ? codedDetail : detail
  if (status === 400 && input !== undefined) return badRequest(input, single)
  if (status === 500) return internalError
  if (status !== 401) return single
  if (operation.meta.isProtected) return accessTokenRefused
  return hasCode ? tokenRefused : detail
}
