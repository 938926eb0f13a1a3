import { AuthError, type AuthErrorCode } from '../../errors.ts'
import { requireFields } from '../drf/fields.ts'
import { parseBody } from '../drf/parse.ts'
import { type Endpoint, hasBody } from '../endpoints.ts'
import { toAuthError } from '../error.ts'
import { parseInput } from '../input.ts'
import { throttled } from '../../limits/rate-limit.ts'
import { errorNotes } from './error-notes.ts'
import type { Operation } from './operations.ts'

/** An error that an operation can answer with. */
export interface Refusal {
  /** Names its example among those of the same status. */
  name: string
  note: string
  error: AuthError
}

/** Every refusal of an operation: of the request, of the token in the header, of the use case, and the service's own failure. */
export async function listRefusals(
  endpoint: Endpoint,
  { method, operation }: { method: string; operation: Operation },
): Promise<Refusal[]> {
  const headerErrors: AuthErrorCode[] = endpoint.isProtected
    ? ['not_authenticated', 'bad_authorization_header']
    : []
  return [
    ...(operation.input === undefined || !hasBody(method) ? [] : await listBodyRefusals(operation.input)),
    ...(operation.refusals ?? []),
    ...[...headerErrors, ...operation.errors].map(toRefusal),
    ...(['not_found', 'not_acceptable'] as const).map(toRefusal),
    ...(operation.cannotFail ? [] : (['internal_error', 'unavailable'] as const).map(toRefusal)),
  ]
}

/** What can be wrong with a body, in the words that the parsers use for it. */
async function listBodyRefusals({ schema }: NonNullable<Operation['input']>): Promise<Refusal[]> {
  const empty = { name: 'missing_fields', note: 'A field is missing.' }
  const list = { name: 'not_an_object', note: 'The body is JSON, but no object.' }
  return [
    ...(schema.safeParse({}).success
      ? []
      : [{ ...empty, error: await catchError(async () => parseInput(schema, {})) }]),
    { ...list, error: await catchError(async () => requireFields([])) },
    {
      ...toRefusal('parse_error'),
      error: await catchError(async () => parseBody(send('application/json', '{'))),
    },
    toRefusal('payload_too_large'),
    {
      ...toRefusal('unsupported_media_type'),
      error: await catchError(async () => parseBody(send('text/plain', 'text'))),
    },
  ]
}

function toRefusal(code: AuthErrorCode): Refusal {
  return { name: code, note: errorNotes[code], error: exampleOf(code) }
}

function send(contentType: string, body: string): Request {
  return new Request('http://localhost/', { method: 'POST', headers: { 'Content-Type': contentType }, body })
}

async function catchError(refuse: () => Promise<unknown>): Promise<AuthError> {
  const thrown = await refuse().then(
    () => new TypeError('an example of a refusal is not refused'),
    (error: unknown) => error,
  )
  const error = toAuthError(thrown)
  if (error.code === 'internal_error') throw thrown
  return error
}

function exampleOf(code: AuthErrorCode): AuthError {
  if (code === 'overloaded' || code === 'unavailable') return new AuthError(code, { retryAfterSeconds: 1 })
  return code === 'throttled' ? throttled({ name: 'login_device', count: 5 }, 57) : new AuthError(code)
}
