import { detailTexts, errorTable, type FieldErrors } from '@pockitflyer/auth-protocol/errors'
import { type AuthError, translateFields } from '../../errors.ts'
import type { Translate } from '../../procedures/context.ts'
import type { SuccessStatus } from '../../procedures/meta.ts'
import { answerHeaders } from '../headers.ts'
import { nestFields } from './fields.ts'
import type { Format } from './negotiate.ts'

/** The context of an answer: the endpoint's methods, and whether its token is in a header. */
export interface AnswerOptions extends Format {
  allow: string[]
  requestId: string
  isProtected: boolean
  translate: Translate
}

/** The answer of a procedure, split into body and headers. */
export interface Answer {
  status: 200 | SuccessStatus
  body: unknown
  headers?: Record<string, string>
}

/** Renders an answer as Django REST framework's JSONRenderer does. */
export function renderAnswer({ status, body, headers }: Answer, options: AnswerOptions): Response {
  return respond(status, { body, headers: { ...answerHeaders([]), ...headers } }, options)
}

/** Renders an error as the exception handlers of Django REST framework and SimpleJWT do. */
export function renderError(error: AuthError, options: AnswerOptions): Response {
  return respond(error.status, { body: errorBody(error, options), headers: answerHeaders([error]) }, options)
}

function errorBody(error: AuthError, { isProtected, requestId, translate }: AnswerOptions): unknown {
  if (error.fields !== undefined) return nestErrors(translateFields(error.fields, translate))
  const message = translate(error.message)
  if (error.code === 'internal_error') return { detail: message, request_id: requestId }
  const entry = errorTable[error.code]
  if (!('restCode' in entry)) return { detail: message }
  if (isProtected && isAboutToken(error)) {
    return {
      detail: translate(detailTexts.invalidToken),
      code: entry.restCode,
      messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
    }
  }
  return { detail: message, code: entry.restCode }
}

/** Nests the texts of a nested field in an object, as Django REST framework does. */
function nestErrors(fields: FieldErrors): object {
  const outer = Object.keys(fields).flatMap((name) => /^(.+?)\./.exec(name)?.[1] ?? [])
  return nestFields(fields, [...new Set(outer)])
}

/**
 * Returns whether an error is about the token: SimpleJWT then lists the problems. About its user it
 * writes one line.
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

/** Returns JSON that is also JavaScript: it escapes the two line separators. */
function toJson(body: unknown, indent: number): string {
  return JSON.stringify(body, null, indent).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
