import { TokenError } from '@pockitflyer/auth-client/verifier'
import { type AuthErrorCode, errorTable } from '@pockitflyer/auth-protocol/errors'
import { isOutage } from '@pockitflyer/postgres-pool'
import type { TRPCError } from '@trpc/server'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { z } from 'zod'

/** What a client gets of an error, in the shapes of the account service. */
export interface PublicError {
  code: string
  status: 400 | 401 | 404 | 405 | 409 | 413 | 415 | 500 | 503
  text: string
  /** Texts per field of the input. */
  fields?: Record<string, string[]>
}

/** tRPC's codes → the account service's, whose table has status and text. */
const codes = {
  BAD_REQUEST: 'parse_error',
  PARSE_ERROR: 'parse_error',
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'method_not_allowed',
  PAYLOAD_TOO_LARGE: 'payload_too_large',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported_media_type',
} as const satisfies Partial<Record<TRPCError['code'], AuthErrorCode>>

/** What the account service has no code for. */
const idTaken: PublicError = { code: 'id_taken', status: 409, text: 'Another flyer has this id.' }

/**
 * What a client gets of an error: a bad token and a bad input in full, of an unknown exception
 * nothing.
 */
export function describeError({ code, cause }: TRPCError): PublicError {
  if (cause instanceof TokenError) return { code: cause.code, status: cause.status, text: cause.message }
  if (cause instanceof z.core.$ZodError && code === 'BAD_REQUEST') {
    return { ...describeCode('invalid_input'), fields: describeIssues(cause) }
  }
  if (isOutage(cause)) return describeCode('unavailable')
  if (code === 'CONFLICT') return idTaken
  return describeCode(isShared(code) ? codes[code] : 'internal_error')
}

type SharedCode = (typeof codes)[keyof typeof codes] | 'invalid_input' | 'unavailable' | 'internal_error'

function describeCode(code: SharedCode): PublicError {
  const { status, text } = errorTable[code]
  return { code, status, text }
}

function isShared(code: TRPCError['code']): code is keyof typeof codes {
  return code in codes
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
