import { type Auth, AuthError, checkReadiness } from '@pockitflyer/auth'
import {
  createContext,
  handleRest,
  handleTrpc,
  renderTrpcError,
  type ReportError,
  restPath,
  trpcPath,
} from '@pockitflyer/auth/http'
import { limitBody, type UnreadableBody } from '@pockitflyer/server'
import { addProbes } from '@pockitflyer/server/probes'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { describeIssuer } from './discovery.ts'
import { nameLanguage } from './language.ts'
import type { FindAddress } from './requests/client-address.ts'
import type { AppEnv } from './instrumentation.ts'

/** Largest request body in bytes. */
const bodyMaxBytes = 64 * 1024

interface AppOptions {
  docs: Hono | undefined
  report: ReportError
  findAddress: FindAddress
  /** Middleware that observes every request, outermost first. */
  watchers: MiddlewareHandler<AppEnv>[]
  /** Whether the server is about to refuse requests, so that balancers should stop sending them. */
  isStopping: () => boolean
  /** Lets pages of other origins read answers; `undefined`: none may. */
  cors: MiddlewareHandler<AppEnv> | undefined
}

/** Creates the HTTP app: tRPC, REST and its documentation, the public keys and the two probes. */
export function createApp(auth: Auth, options: AppOptions): Hono<AppEnv> {
  const { docs, report, findAddress, watchers, isStopping, cors } = options
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('context', createContext(auth, c.req.raw, findAddress(c.env.incoming)))
    await next()
  })
  app.use(...watchers)
  if (cors !== undefined) app.use(cors)
  if (auth.settings.languages.length > 0) app.use('/api/*', nameLanguage)
  app.use('/api/*', limitBody<AppEnv>({ maxBytes: bodyMaxBytes, refuse: answerUnreadable }))

  app.all(`${trpcPath}/*`, (c) => handleTrpc(c.req.raw, c.get('context'), report))
  app.all(`${restPath}/*`, (c) => handleRest(c.req.raw, c.get('context'), report))
  if (docs !== undefined) app.route('/api', docs)
  app.get('/.well-known/jwks.json', (c) =>
    c.json(auth.tokens.jwks(), 200, { 'Cache-Control': 'public, max-age=300' }),
  )
  const issuer = describeIssuer(auth.settings.issuer)
  if (issuer !== undefined) {
    app.get('/.well-known/openid-configuration', (c) =>
      c.json(issuer, 200, { 'Cache-Control': 'public, max-age=300' }),
    )
  }

  addProbes(app, {
    findPendingMigrations: async () => (await checkReadiness(auth)).pendingMigrations,
    migrate: 'pnpm auth migrate',
    isStopping,
  })

  app.notFound((c) => answerDetail(c, new AuthError('not_found')))
  app.onError((cause, c) => {
    const { requestId, translate } = c.get('context')
    report(cause, { requestId, path: c.req.path })
    const { message, status } = new AuthError('internal_error')
    return c.json({ detail: translate(message), request_id: requestId }, status)
  })
  return app
}

/** Answers in the format of the transport that the request came by. */
function answerUnreadable(c: Context<AppEnv>, reason: UnreadableBody): Response {
  const error = new AuthError(reason === 'too_large' ? 'payload_too_large' : 'parse_error')
  if (c.req.path.startsWith(trpcPath)) return renderTrpcError(error, c.get('context'))
  return answerDetail(c, error)
}

function answerDetail(c: Context<AppEnv>, { status, message }: AuthError): Response {
  return c.json({ detail: c.get('context').translate(message) }, status, { 'Cache-Control': 'no-store' })
}
