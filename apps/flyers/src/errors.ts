import { TokenError } from '@pockitflyer/auth-client/verifier'
import { isOutage } from '@pockitflyer/postgres-pool'
import type { TRPCError } from '@trpc/server'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { z } from 'zod'

/** What a client hears of an error, in the shapes of the account service. */
export interface PublicError {
  code: string
  status: 400 | 401 | 404 | 405 | 409 | 413 | 415 | 500 | 503
  text: string
  /** Texts per field of the input. */
  fields?: Record<string, string[]>
}

/** The table of errors: tRPC's code → ours, HTTP status and public text. */
const table: Partial<Record<TRPCError['code'], PublicError>> = {
  BAD_REQUEST: { code: 'parse_error', status: 400, text: 'Malformed request.' },
  PARSE_ERROR: { code: 'parse_error', status: 400, text: 'Malformed request.' },
  NOT_FOUND: { code: 'not_found', status: 404, text: 'Not found.' },
  METHOD_NOT_SUPPORTED: { code: 'method_not_allowed', status: 405, text: 'Method not allowed.' },
  CONFLICT: { code: 'id_taken', status: 409, text: 'Another flyer has this id.' },
  PAYLOAD_TOO_LARGE: { code: 'payload_too_large', status: 413, text: 'Request body is too large.' },
  UNSUPPORTED_MEDIA_TYPE: {
    code: 'unsupported_media_type',
    status: 415,
    text: 'Unsupported media type in request.',
  },
}

const internalError: PublicError = {
  code: 'internal_error',
  status: 500,
  text: 'Something went wrong on our side.',
}

const unavailable: PublicError = {
  code: 'unavailable',
  status: 503,
  text: 'The service is not available. Try again in a moment.',
}

/**
 * What a client hears of an error: a bad token and a bad input in full, of an unknown exception
 * nothing.
 */
export function describeError({ code, cause }: TRPCError): PublicError {
  if (cause instanceof TokenError) return { code: cause.code, status: cause.status, text: cause.message }
  if (cause instanceof z.core.$ZodError && code === 'BAD_REQUEST') {
    return { code: 'invalid_input', status: 400, text: 'Invalid input.', fields: describeIssues(cause) }
  }
  return isOutage(cause) ? unavailable : (table[code] ?? internalError)
}

function describeIssues({ issues }: z.core.$ZodError): Record<string, string[]> {
  const fields = Object.groupBy(issues, ({ path }) => path.join('.') || 'non_field_errors')
  return Object.fromEntries(
    Object.entries(fields).map(([name, own = []]) => [name, own.map(({ message }) => message)]),
  )
}

/** An error as tRPC carries it: typed clients read `error.data`. */
export function toErrorShape(
  error: TRPCError,
  request: { path: string | undefined; requestId: string | undefined },
) {
  const { code, status, text, fields } = describeError(error)
  const data = { code, httpStatus: status, fields, ...request }
  return { message: text, code: TRPC_ERROR_CODES_BY_KEY[error.code], data }
}

/** An error as REST carries it: a `detail`, or the texts per field. */
export function toErrorBody({ code, text, fields }: PublicError, requestId: string): object {
  if (fields !== undefined) return fields
  return { detail: text, code, ...(code === 'internal_error' ? { request_id: requestId } : {}) }
}

/**
 * Headers of every answer: never stored, a challenge with a 401 (RFC 6750 section 3), the time to
 * wait with a 503, in seconds.
 */
export function answerHeaders(errors: PublicError[]): Record<string, string> {
  const refusal = errors.find(({ status }) => status === 401)
  const challenge = refusal?.code === 'not_authenticated' ? 'Bearer' : 'Bearer error="invalid_token"'
  return {
    'Cache-Control': 'no-store',
    ...(refusal === undefined ? {} : { 'WWW-Authenticate': challenge }),
    ...(errors.some(({ status }) => status === 503) ? { 'Retry-After': '1' } : {}),
  }
}
