import { callTRPCProcedure } from '@trpc/server'
import { AuthError } from '../errors.ts'
import type { ReportError, RequestContext } from './context.ts'
import { requireFields } from './drf/fields.ts'
import { parseBody } from './drf/parse.ts'
import { type AnswerOptions, renderAnswer, renderError } from './drf/render.ts'
import { toAuthError } from './error.ts'
import { appRouter } from './router.ts'

/** Where the REST endpoints are served. */
export const restPath = '/api/users'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** An endpoint: which procedure answers which method, and whether it asks for an access token first. */
interface Endpoint {
  path: string
  isProtected: boolean
  procedures: Partial<Record<Method, string>>
}

/** Every endpoint, its path without the trailing slash, which may be there or not. */
export const endpoints: Endpoint[] = [
  { path: '/api/users/login', isProtected: false, procedures: { POST: 'auth.login' } },
  { path: '/api/users/token/refresh', isProtected: false, procedures: { POST: 'auth.refresh' } },
  { path: '/api/users/token/verify', isProtected: false, procedures: { POST: 'auth.verify' } },
  { path: '/api/users/token/blacklist', isProtected: false, procedures: { POST: 'auth.logout' } },
  { path: '/api/users/me', isProtected: true, procedures: { GET: 'auth.me' } },
]

/** Procedures that only tRPC serves. */
export const notExposed: string[] = []

/**
 * Answers a REST request as the Django service with Django REST framework and SimpleJWT 5.5.1 does, by calling the procedure
 * that tRPC serves. Unknown exceptions go to `report`; the client hears a fixed text and the request's id.
 */
export async function handleRest(
  request: Request,
  context: RequestContext,
  report: ReportError,
): Promise<Response> {
  const { pathname } = new URL(request.url)
  const endpoint = endpoints.find(({ path }) => path === pathname.replace(/\/$/, ''))
  const options: AnswerOptions = {
    allow: endpoint === undefined ? [] : allowedMethods(endpoint),
    isProtected: endpoint?.isProtected ?? false,
    requestId: context.requestId,
  }
  try {
    if (endpoint === undefined) throw new AuthError('not_found')
    return renderAnswer(await answer(endpoint, request, context), options)
  } catch (thrown) {
    const error = toAuthError(thrown)
    if (error.code === 'internal_error') report(error.cause, { requestId: context.requestId, path: pathname })
    return renderError(error, options)
  }
}

async function answer(endpoint: Endpoint, request: Request, context: RequestContext): Promise<unknown> {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const procedure = Object.entries(endpoint.procedures).find(([name]) => name === method)?.[1]
  if (procedure !== undefined)
    return call({ path: procedure, type: method === 'GET' ? 'query' : 'mutation' }, request, context)
  if (endpoint.isProtected) await call({ path: 'auth.me', type: 'query' }, request, context)
  throw new AuthError('method_not_allowed', { text: `Method "${request.method}" not allowed.` })
}

async function call(
  procedure: { path: string; type: 'query' | 'mutation' },
  request: Request,
  ctx: RequestContext,
): Promise<unknown> {
  return callTRPCProcedure({
    ...procedure,
    router: appRouter,
    ctx,
    getRawInput: async () => requireFields(await parseBody(request)),
    signal: request.signal,
    batchIndex: 0,
  })
}

function allowedMethods({ procedures }: Endpoint): string[] {
  const order = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
  const methods = order.filter((method) => method in procedures)
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
}
