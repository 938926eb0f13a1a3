import { AuthError } from '../errors.ts'
import type { ReportError, RequestContext } from './context.ts'
import { requireFields } from './drf/fields.ts'
import { type Format, negotiate } from './drf/negotiate.ts'
import { describe } from './drf/options.ts'
import { parseBody } from './drf/parse.ts'
import { renderAnswer, renderError } from './drf/render.ts'
import {
  allowedMethods,
  type Endpoint,
  findEndpoint,
  findProcedure,
  type FoundEndpoint,
  hasBody,
} from './endpoints.ts'
import { isFailure, toAuthError } from './error.ts'
import { perform } from './perform.ts'

/** Where the REST endpoints are served. */
export const restPath = '/api/users'

/**
 * Answers a REST request as the Django service with Django REST framework and SimpleJWT 5.5.1 does, by calling the procedure
 * that tRPC serves. Unknown exceptions go to `report`; the client hears a fixed text and the request's id.
 */
export async function handleRest(
  request: Request,
  context: RequestContext,
  report: ReportError,
): Promise<Response> {
  const pathname = decodePath(new URL(request.url).pathname)
  const found = findEndpoint(pathname)
  const endpoint = found?.endpoint
  const options = {
    allow: endpoint === undefined ? [] : allowedMethods(endpoint),
    isProtected: endpoint?.isProtected ?? false,
    requestId: context.requestId,
  }
  let format: Format = { indent: 0 }
  try {
    if (found === undefined) throw new AuthError('not_found')
    format = negotiate(request)
    return renderAnswer(await answer(found, request, context), { ...options, ...format })
  } catch (thrown) {
    const error = toAuthError(thrown)
    if (isFailure(error)) report(error.cause, { requestId: context.requestId, path: pathname })
    return renderError(error, { ...options, ...format })
  }
}

/** A path is the same with some of its letters percent-encoded (RFC 3986 section 6.2.2.2). */
export function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}

/** A protected endpoint asks who is there before it looks at the method, as Django REST framework does. */
async function answer(found: FoundEndpoint, request: Request, context: RequestContext) {
  const { endpoint } = found
  const procedure = findProcedure(endpoint, request.method === 'HEAD' ? 'GET' : request.method)
  if (procedure !== undefined) {
    const body = await perform(procedure.path, context, () => readFields(request, found))
    return { status: procedure.status, ...splitAnswer(body, endpoint) }
  }
  if (endpoint.isProtected) await perform('auth.me', context, readNothing)
  if (request.method === 'OPTIONS') return { status: 200 as const, body: describe(endpoint.description) }
  throw new AuthError('method_not_allowed', { text: `Method "${request.method}" not allowed.` })
}

/** The fields of the body or of the query and, before them, those of headers and the parameters of the path. */
async function readFields(request: Request, { endpoint, parameters }: FoundEndpoint): Promise<object> {
  const fields = hasBody(request.method)
    ? requireFields(await parseBody(request, endpoint.nested))
    : readQuery(request, endpoint)
  return { ...fields, ...readHeaderFields(request, endpoint), ...parameters }
}

function readHeaderFields({ headers }: Request, endpoint: Endpoint): object {
  const fields = Object.entries(endpoint.headers ?? {})
  return Object.fromEntries(fields.map(([field, header]) => [field, headers.get(header) ?? undefined]))
}

/** What of an answer stands in headers, and the body that is left. */
function splitAnswer(answer: unknown, { headers = {} }: Endpoint) {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return { body: answer }
  const fields = Object.entries(answer)
  const isInHeader = ([field]: [string, unknown]) => Object.hasOwn(headers, field)
  return {
    body: Object.fromEntries(fields.filter((field) => !isInHeader(field))),
    headers: Object.fromEntries(
      fields.filter(isInHeader).map(([field, value]) => [headers[field] ?? field, String(value)]),
    ),
  }
}

/** Of a parameter that is there twice the last counts, as in Django; others mean nothing. */
function readQuery(request: Request, { query = {} }: Endpoint): object {
  const { searchParams } = new URL(request.url)
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, read]) => {
      const text = searchParams.getAll(name).at(-1)
      return text === undefined ? [] : [[name, read(text)]]
    }),
  )
}

const readNothing = async () => ({})
