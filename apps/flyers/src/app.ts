import { refuseReadOnly } from '@pockitflyer/postgres-pool'
import { limitBody, type UnreadableBody } from '@pockitflyer/server'
import { addProbes } from '@pockitflyer/server/probes'
import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { requestId } from 'hono/request-id'
import { sql } from 'kysely'
import { createContext, type Env } from './context.ts'
import { findPendingMigrations } from '@pockitflyer/flyers/migrate'
import { answerHeaders, describeError, toErrorBody } from '@pockitflyer/flyers/errors'
import { createRest } from './rest.ts'
import { createRouter, type Dependencies } from '@pockitflyer/flyers/router'

/** Largest request body in bytes. */
const bodyMaxBytes = 64 * 1024

/** Most calls that one tRPC request may carry. */
const batchMaxSize = 20

/** Where the procedures are called through tRPC. */
export const trpcPath = '/api/trpc'

interface AppOptions extends Dependencies {
  /** Middleware that observes every request, outermost first. */
  watchers: MiddlewareHandler<Env>[]
  /** Receives each unknown exception, with the request id that the client got. */
  report: (error: unknown, details: { requestId: string; path: string }) => void
}

/**
 * The HTTP surface: the procedures through tRPC and through REST, and the two probes. A path may
 * end with a slash.
 */
export function createApp({ report, watchers, ...dependencies }: AppOptions): Hono<Env> {
  const router = createRouter(dependencies)
  const reportIfUnknown = (error: TRPCError, details: { requestId: string; path: string }) => {
    if (describeError(error).status === 500) report(error.cause ?? error, details)
  }

  const app = new Hono<Env>({ strict: false })
  app.use(requestId(), ...watchers)
  app.use('/api/*', limitBody<Env>({ maxBytes: bodyMaxBytes, refuse: refuseBody }))
  app.route('/api/flyers', createRest(router))
  app.all(`${trpcPath}/*`, async (c) =>
    fetchRequestHandler({
      endpoint: trpcPath,
      req: c.req.raw,
      router,
      maxBatchSize: batchMaxSize,
      createContext: () => createContext(c),
      responseMeta: ({ errors }) => ({ headers: answerHeaders(errors.map(describeError)) }),
      onError: ({ error, path = '' }) => reportIfUnknown(error, { requestId: c.get('requestId'), path }),
    }),
  )
  addProbes(app, {
    async findPendingMigrations() {
      await sql.raw(refuseReadOnly).execute(dependencies.db)
      return findPendingMigrations(dependencies.db)
    },
    migrate: 'pnpm flyers:migrate',
  })

  app.notFound((c) => answerError(c, new TRPCError({ code: 'NOT_FOUND' })))
  app.onError((thrown, c) => {
    const error = getTRPCErrorFromUnknown(thrown)
    reportIfUnknown(error, { requestId: c.get('requestId'), path: c.req.path })
    return answerError(c, error)
  })
  return app
}

function refuseBody(c: Context<Env>, reason: UnreadableBody): Response {
  const code = reason === 'too_large' ? 'PAYLOAD_TOO_LARGE' : 'PARSE_ERROR'
  return answerError(c, new TRPCError({ code }))
}

function answerError(c: Context<Env>, thrown: TRPCError): Response {
  const error = describeError(thrown)
  return c.json(toErrorBody(error, c.get('requestId')), error.status, answerHeaders([error]))
}
