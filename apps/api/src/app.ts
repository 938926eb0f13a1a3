import { assertTakesWrites, type Auth, AuthError, findPendingMigrations } from '@pockitflyer/auth'
import {
  createContext,
  handleRest,
  handleTrpc,
  renderTrpcError,
  type ReportError,
  restPath,
  trpcPath,
} from '@pockitflyer/auth/http'
import { isReadOnly } from '@pockitflyer/postgres-pool'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import findClientAddress from 'proxy-addr'
import { describeIssuer } from './discovery.ts'
import type { AppEnv, Watcher } from './watch.ts'

/** Largest request body in bytes. */
const bodyMaxBytes = 64 * 1024

interface AppOptions {
  docs: Hono
  report: ReportError
  /** Whose `X-Forwarded-For` is believed: the client is then the last address in it that is no trusted proxy's. */
  isTrustedProxy: (address: string, hop: number) => boolean
  /** See every request, the first one first. */
  watchers: Watcher[]
  /** Whether the server is about to refuse requests, so that nobody should send it more. */
  isStopping: () => boolean
}

/** The HTTP surface: tRPC, REST and its documentation, the public keys and the two probes. */
export function createApp(auth: Auth, options: AppOptions): Hono<AppEnv> {
  const { docs, report, isTrustedProxy, watchers, isStopping } = options
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('context', createContext(auth, c.req.raw, findClientAddress(c.env.incoming, isTrustedProxy)))
    await next()
  })
  app.use(...watchers)
  app.use('/api/*', limitBody)

  app.all(`${trpcPath}/*`, (c) => handleTrpc(c.req.raw, c.get('context'), report))
  app.all(`${restPath}/*`, (c) => handleRest(c.req.raw, c.get('context'), report))
  app.route('/api', docs)
  app.get('/.well-known/jwks.json', (c) =>
    c.json(auth.tokens.jwks(), 200, { 'Cache-Control': 'public, max-age=300' }),
  )
  const issuer = describeIssuer(auth.config.issuer)
  if (issuer !== undefined) {
    app.get('/.well-known/openid-configuration', (c) =>
      c.json(issuer, 200, { 'Cache-Control': 'public, max-age=300' }),
    )
  }

  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', (c) => (isStopping() ? answerStopping(c) : answerReadiness(c, auth)))

  app.notFound((c) => answerDetail(c, 404, 'Not found.'))
  app.onError((error, c) => {
    const { requestId } = c.get('context')
    report(error, { requestId, path: c.req.path })
    return c.json({ detail: 'Something went wrong on our side.', request_id: requestId }, 500)
  })
  return app
}

const limitBody: MiddlewareHandler<AppEnv> = (c, next) =>
  saysItFits(c.req.raw) ? next() : limitReadBody(c, next)

const limitReadBody = bodyLimit({
  maxSize: bodyMaxBytes,
  async onError(c: Context<AppEnv>) {
    await discardBody(c.req.raw)
    return answerTooLarge(c)
  },
})

/**
 * Node holds a body to the length that its header says, none without such a header (RFC 9112 section 6.3), so most need no second
 * look: to look, `bodyLimit` makes a stream of the body, which costs a refresh 0.1 ms.
 */
function saysItFits({ headers }: Request): boolean {
  return !headers.has('transfer-encoding') && Number(headers.get('content-length')) <= bodyMaxBytes
}

function answerStopping(c: Context): Response {
  return c.json({ status: 'unavailable', reason: 'The server stops.' }, 503)
}

/** Ready means that the database answers, takes writes and has the schema of this version. */
async function answerReadiness(c: Context, auth: Auth): Promise<Response> {
  try {
    await assertTakesWrites(auth.db)
    const pending = await findPendingMigrations(auth.db)
    if (pending.length === 0) return c.json({ status: 'ok' })
    return c.json(
      { status: 'unavailable', reason: 'The database lacks migrations. Run: pnpm auth migrate', pending },
      503,
    )
  } catch (error) {
    const reason = `The database ${isReadOnly(error) ? 'takes no writes' : 'cannot be reached'}.`
    return c.json({ status: 'unavailable', reason }, 503)
  }
}

/** Reads the body to its end: node-server cuts a connection whose body is unread, and with it the client's next request. */
async function discardBody({ body }: Request): Promise<void> {
  if (body === null || body.locked) return
  await body.pipeTo(new WritableStream()).catch(() => undefined)
}

/** In the shape of the door that it came to. */
function answerTooLarge(c: Context<AppEnv>): Response {
  const error = new AuthError('payload_too_large')
  if (c.req.path.startsWith(trpcPath)) return renderTrpcError(error, c.get('context').requestId)
  return answerDetail(c, 413, error.message)
}

function answerDetail(c: Context, status: 404 | 413, detail: string): Response {
  return c.json({ detail }, status, { 'Cache-Control': 'no-store' })
}
