import { resolveResponse } from '@trpc/server/http'
import type { ReportError, RequestContext } from './context.ts'
import type { AuthError } from '../errors.ts'
import { isFailure, toAuthError } from './error.ts'
import { toErrorShape } from './error-shape.ts'
import { answerHeaders } from './headers.ts'
import { appRouter } from './router.ts'

/** Where the tRPC procedures are served. */
export const trpcPath = '/api/trpc'

/** Most calls that one request may carry. */
const batchMaxSize = 20

/**
 * Answers a tRPC request. Unknown exceptions go to `report`; the client hears a fixed text and the request's id. It is an adapter of
 * its own upon what all of tRPC's adapters call: the one for `fetch` copies objects and headers for a tenth of what `me` costs.
 */
export async function handleTrpc(
  request: Request,
  context: RequestContext,
  report: ReportError,
): Promise<Response> {
  const response = await resolveResponse({
    req: request,
    path: pathOfCall(new URL(request.url).pathname),
    router: appRouter,
    maxBatchSize: batchMaxSize,
    createContext: async () => context,
    error: null,
    responseMeta: ({ errors }) =>
      errors.length === 0 ? {} : { headers: new Headers(answerHeaders(errors.map(toAuthError))) },
    onError({ error, path = '' }) {
      const told = toAuthError(error)
      if (isFailure(told)) report(told.cause, { requestId: context.requestId, path })
    },
  })
  for (const [name, value] of always) response.headers.set(name, value)
  if (!response.ok) response.headers.set('Content-Type', 'application/json') // tRPC leaves it out where no procedure is found.
  return response
}

/** What stands behind `/api/trpc/`, without a slash at its end: the name of a procedure, or of several with commas between. */
export function pathOfCall(pathname: string): string {
  return pathname.slice(trpcPath.length + 1).replace(/\/$/, '')
}

const always = Object.entries(answerHeaders([]))

/** An error that was met before any procedure was: tRPC's client reads it as the answer to each call of the request. */
export function renderTrpcError(error: AuthError, requestId: string): Response {
  const headers = answerHeaders([error])
  return Response.json(
    { error: toErrorShape(error, { path: undefined, requestId }) },
    { status: error.status, headers },
  )
}
