import type { AuthErrorCode, FieldErrors } from '@pockitflyer/auth-protocol/errors'
import { isOutage } from '@pockitflyer/postgres-pool'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { isRefusedForDjango, readOnly } from '../accounts/assert-accounts-lead.ts'
import { AuthError } from '../errors.ts'

/** Errors of tRPC's own that a client can provoke, in the terms of the table. */
const codes: Partial<Record<TRPCError['code'], AuthErrorCode>> = {
  PARSE_ERROR: 'parse_error',
  BAD_REQUEST: 'parse_error',
  NOT_FOUND: 'not_found',
  METHOD_NOT_SUPPORTED: 'method_not_allowed',
  UNSUPPORTED_MEDIA_TYPE: 'unsupported_media_type',
  PAYLOAD_TOO_LARGE: 'payload_too_large',
}

/** The status numbers of the table, as tRPC names them. */
export const rpcCodes: Record<AuthError['status'], TRPCError['code']> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  406: 'BAD_REQUEST',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
}

/**
 * What went wrong, in the terms of the table. An unknown exception becomes `internal_error` with a
 * fixed text, and `unavailable` when it tells of a database that is away: what a database or a
 * library said stays in `cause`.
 */
export function toAuthError(error: unknown): AuthError {
  if (error instanceof AuthError) return error
  if (!(error instanceof TRPCError)) return toFailure(error)
  if (error.cause instanceof AuthError) return error.cause
  if (error.code === 'BAD_REQUEST' && error.cause instanceof z.core.$ZodError)
    return toInvalidInput(error.cause)
  const code = codes[error.code]
  const cause = error.cause ?? error
  return code === undefined ? toFailure(cause) : new AuthError(code, { cause })
}

/** Whether an error is a failure of the service, for its operators to see. */
export function isFailure({ code }: AuthError): boolean {
  return code === 'internal_error' || code === 'unavailable'
}

/** What zod found wrong with an input, field by field. */
export function toInvalidInput(error: z.core.$ZodError): AuthError {
  return new AuthError('invalid_input', { fields: toFieldErrors(error), cause: error })
}

/** Of a value of the wrong type nothing else is said: zod goes on to measure an empty list. */
function toFieldErrors({ issues }: z.core.$ZodError): FieldErrors {
  const fields = new Map<string, string[]>()
  const ofWrongType = new Set<string>()
  for (const { path, message, code } of issues) {
    const field = path.length === 0 ? 'non_field_errors' : path.join('.')
    if (ofWrongType.has(field)) continue
    if (code === 'invalid_type') ofWrongType.add(field)
    fields.set(field, [...(fields.get(field) ?? []), message])
  }
  return Object.fromEntries(fields)
}

function toFailure(cause: unknown): AuthError {
  if (isRefusedForDjango(cause)) return readOnly(cause)
  if (isOutage(cause)) return new AuthError('unavailable', { cause, retryAfterSeconds: 1 })
  return new AuthError('internal_error', { cause })
}
