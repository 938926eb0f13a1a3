import { detailTexts, fillText } from '@pockitflyer/auth-protocol/errors'
import { callTRPCProcedure } from '@trpc/server'
import { AuthError } from '../errors.ts'
import type { RequestContext } from '../procedures/context.ts'
import { isFailure, toAuthError } from '../procedures/error.ts'
import type { RestMeta } from '../procedures/meta.ts'
import { appRouter } from '../procedures/router.ts'
import { me } from '../sessions/me.ts'
import type { ReportError } from './context.ts'
import { requireFields } from './drf/fields.ts'
import { type Format, negotiate } from './drf/negotiate.ts'
import { describe } from './drf/options.ts'
import { parseBody } from './drf/parse.ts'
import { type Answer, renderAnswer, renderError } from './drf/render.ts'
import {
  allowedMethods,
  findEndpoint,
  findOperation,
  type FoundEndpoint,
  hasBody,
  type Operation,
} from './routes.ts'

/** The path of the REST endpoints. */
export const restPath = '/api/users'

/**
 * Answers a REST request as the Django service with Django REST framework and SimpleJWT 5.5.1 does,
 * by calling the procedure that tRPC serves. Unknown exceptions go to `report`; the client gets a
 * fixed text and the request id.
 */
export async function handleRest(
  request: Request,
  context: RequestContext,
  report: ReportError,
): Promise<Response> {
  const url = new URL(request.url)
  const pathname = decodePath(url.pathname)
  const found = findEndpoint(pathname)
  const endpoint = found?.endpoint
  const options = {
    allow: endpoint === undefined ? [] : allowedMethods(endpoint),
    isProtected: endpoint?.isProtected ?? false,
    requestId: context.requestId,
    translate: context.translate,
  }
  let format: Format = { indent: 0 }
  try {
    if (found === undefined) throw new AuthError('not_found')
    format = negotiate(url, request.headers.get('accept'))
    return renderAnswer(await answer(found, request, context), { ...options, ...format })
  } catch (thrown) {
    const error = toAuthError(thrown)
    if (isFailure(error)) report(error.cause, { requestId: context.requestId, path: pathname })
    return renderError(error, { ...options, ...format })
  }
}

/**
 * Decodes percent-encoded letters of a path, which name the same path (RFC 3986 section 6.2.2.2).
 */
export function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}

/**
 * Answers a request. A protected endpoint checks the token before the method, as Django REST
 * framework does.
 */
async function answer(found: FoundEndpoint, request: Request, context: RequestContext): Promise<Answer> {
  const { endpoint, parameters } = found
  const operation = findOperation(endpoint, request.method)
  if (operation !== undefined) {
    const body: unknown = await callTRPCProcedure({
      router: appRouter,
      path: operation.path,
      type: operation.type,
      ctx: context,
      getRawInput: async () => ({ ...(await readFields(request, operation)), ...parameters }),
      signal: undefined,
      batchIndex: 0,
    })
    return { status: operation.rest.status ?? 200, ...splitAnswer(body, operation.rest) }
  }
  if (endpoint.isProtected) await me(context.auth, await context.authenticate())
  if (request.method === 'OPTIONS') return { status: 200, body: describe(endpoint) }
  throw new AuthError('method_not_allowed', {
    text: fillText(detailTexts.methodNotAllowed, { method: request.method }),
  })
}

/** Returns the fields of the body or of the query, and of headers, which come first. */
async function readFields(request: Request, operation: Operation): Promise<object> {
  const fields = hasBody(request.method)
    ? requireFields(await parseBody(request, operation.nested))
    : readQuery(request, operation)
  return { ...fields, ...readHeaderFields(request, operation.rest) }
}

function readHeaderFields(request: Request, { headers = {} }: RestMeta): object {
  return Object.fromEntries(
    Object.entries(headers).map(([field, header]) => [field, request.headers.get(header) ?? undefined]),
  )
}

/** Splits an answer into the fields for headers and the body. */
function splitAnswer(answer: unknown, { headers }: RestMeta): Omit<Answer, 'status'> {
  if (headers === undefined || typeof answer !== 'object' || answer === null || Array.isArray(answer))
    return { body: answer }
  const fields = Object.entries(answer)
  const isInHeader = ([field]: [string, unknown]) => Object.hasOwn(headers, field)
  return {
    body: Object.fromEntries(fields.filter((field) => !isInHeader(field))),
    headers: Object.fromEntries(
      fields.filter(isInHeader).map(([field, value]) => [headers[field] ?? field, String(value)]),
    ),
  }
}

/**
 * Reads the parameters of a query. The last value of a repeated one counts, as in Django; unknown
 * ones are ignored.
 */
function readQuery(request: Request, { query }: Operation): object {
  const { searchParams } = new URL(request.url)
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, read]) => {
      const text = searchParams.getAll(name).at(-1)
      return text === undefined ? [] : [[name, read(text)]]
    }),
  )
}
