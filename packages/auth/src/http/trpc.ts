import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
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

/** Answers a tRPC request. Unknown exceptions go to `report`; the client hears a fixed text and the request's id. */
export async function handleTrpc(
  request: Request,
  context: RequestContext,
  report: ReportError,
): Promise<Response> {
  const response = await fetchRequestHandler({
    endpoint: trpcPath,
    req: request,
    router: appRouter,
    maxBatchSize: batchMaxSize,
    createContext: () => context,
    responseMeta: ({ errors }) =>
      errors.length === 0 ? {} : { headers: new Headers(answerHeaders(errors.map(toAuthError))) },
    onError({ error, path = '' }) {
      const told = toAuthError(error)
      if (isFailure(told)) report(told.cause, { requestId: context.requestId, path })
    },
  })
  for (const [name, value] of always) response.headers.set(name, value)
  return response
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
