import { type AuthErrorCode, errorTable } from '@pockitflyer/auth-protocol/errors'
import { AuthError } from '../../errors.ts'
import { throttled } from '../../throttle/rate-limit.ts'
import { toAuthError, toInvalidInput } from '../../procedures/error.ts'
import type { ErrorExample } from '../../procedures/meta.ts'
import { requireFields } from '../drf/fields.ts'
import { parseBody } from '../drf/parse.ts'
import { hasBody, type Operation } from '../routes.ts'

/**
 * Returns every error of an operation: of the request, of the token in the header, of the use case,
 * and the internal error.
 */
export async function listErrors(operation: Operation): Promise<ErrorExample[]> {
  const { isProtected = false, writesAccount = false, docs, errors = [] } = operation.meta
  const headerErrors: AuthErrorCode[] = isProtected ? ['not_authenticated', 'bad_authorization_header'] : []
  return [
    ...(operation.input === undefined || !hasBody(operation.rest.method)
      ? []
      : await listBodyErrors(operation.input)),
    ...headerErrors.map(toExample),
    ...errors.map((error) => (typeof error === 'string' ? toExample(error) : error)),
    ...(writesAccount ? [toExample('read_only')] : []),
    ...(['not_found', 'not_acceptable'] as const).map(toExample),
    ...(docs?.cannotFail ? [] : (['internal_error', 'unavailable'] as const).map(toExample)),
  ]
}

/** Returns the possible errors of a body, with the texts of the parsers. */
async function listBodyErrors(schema: NonNullable<Operation['input']>): Promise<ErrorExample[]> {
  const empty = schema.safeParse({})
  const missing = { name: 'missing_fields', note: 'A field is missing.' }
  const list = { name: 'not_an_object', note: 'The body is JSON, but no object.' }
  return [
    ...(empty.success ? [] : [{ ...missing, error: toInvalidInput(empty.error) }]),
    { ...list, error: await catchError(async () => requireFields([])) },
    {
      ...toExample('parse_error'),
      error: await catchError(async () => parseBody(send('application/json', '{'))),
    },
    toExample('payload_too_large'),
    {
      ...toExample('unsupported_media_type'),
      error: await catchError(async () => parseBody(send('text/plain', 'text'))),
    },
  ]
}

function toExample(code: AuthErrorCode): ErrorExample {
  return { name: code, note: errorTable[code].note, error: exampleOf(code) }
}

function send(contentType: string, body: string): Request {
  return new Request('http://localhost/', { method: 'POST', headers: { 'Content-Type': contentType }, body })
}

async function catchError(refuse: () => Promise<unknown>): Promise<AuthError> {
  const thrown = await refuse().then(
    () => new TypeError('an example of an error is none'),
    (error: unknown) => error,
  )
  const error = toAuthError(thrown)
  if (error.code === 'internal_error') throw thrown
  return error
}

function exampleOf(code: AuthErrorCode): AuthError {
  if (code === 'overloaded' || code === 'unavailable') return new AuthError(code, { retryAfterSeconds: 1 })
  if (code === 'read_only') return new AuthError(code, { retryAfterSeconds: 60 })
  return code === 'throttled' ? throttled({ name: 'login_device', count: 5 }, 57) : new AuthError(code)
}
