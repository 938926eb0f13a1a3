import { errorTable, type FieldErrors } from '@pockitflyer/auth-protocol/errors'
import type { AuthError } from '../../errors.ts'
import type { SuccessStatus } from '../../procedures/meta.ts'
import { answerHeaders } from '../headers.ts'
import { nestFields } from './fields.ts'
import type { Format } from './negotiate.ts'

/**
 * What surrounds an answer: the methods that the endpoint has, and whether its token stands in a
 * header.
 */
export interface AnswerOptions extends Format {
  allow: string[]
  requestId: string
  isProtected: boolean
}

/** What a procedure answers, and which fields of it stand in headers. */
export interface Answer {
  status: 200 | SuccessStatus
  body: unknown
  headers?: Record<string, string>
}

/** An answer, as Django REST framework's JSONRenderer writes it. */
export function renderAnswer({ status, body, headers }: Answer, options: AnswerOptions): Response {
  return respond(status, { body, headers: { ...answerHeaders([]), ...headers } }, options)
}

/** An error in the shape of Django REST framework's and SimpleJWT's exception handlers. */
export function renderError(error: AuthError, options: AnswerOptions): Response {
  return respond(error.status, { body: errorBody(error, options), headers: answerHeaders([error]) }, options)
}

function errorBody(error: AuthError, { isProtected, requestId }: AnswerOptions): unknown {
  if (error.fields !== undefined) return nestErrors(error.fields)
  if (error.code === 'internal_error') return { detail: error.message, request_id: requestId }
  const entry = errorTable[error.code]
  if (!('restCode' in entry)) return { detail: error.message }
  if (isProtected && isAboutToken(error)) {
    return {
      detail: 'Given token not valid for any token type',
      code: entry.restCode,
      messages: [{ token_class: 'AccessToken', token_type: 'access', message: error.message }],
    }
  }
  return { detail: error.message, code: entry.restCode }
}

/** The texts of a field of a field stand in an object, as Django REST framework writes them. */
function nestErrors(fields: FieldErrors): object {
  const outer = Object.keys(fields).flatMap((name) => /^(.+?)\./.exec(name)?.[1] ?? [])
  return nestFields(fields, [...new Set(outer)])
}

/**
 * SimpleJWT lists what is wrong with the token itself, and says in one line what is wrong with its
 * user.
 */
function isAboutToken({ code }: AuthError): boolean {
  return code === 'session_ended' || (code.startsWith('token_') && code !== 'token_without_user')
}

function respond(
  status: number,
  { body, headers: given }: { body: unknown; headers: Record<string, string> },
  { allow, indent }: AnswerOptions,
): Response {
  const headers = {
    ...given,
    'X-Content-Type-Options': 'nosniff',
    ...(allow.length > 0 ? { Allow: allow.join(', ') } : {}),
  }
  if (status === 204) return new Response(null, { status, headers })
  return new Response(toJson(body, indent), {
    status,
    headers: { ...headers, 'Content-Type': 'application/json' },
  })
}

/** JSON that is JavaScript too: two line separators are escaped. */
function toJson(body: unknown, indent: number): string {
  return JSON.stringify(body, null, indent).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
