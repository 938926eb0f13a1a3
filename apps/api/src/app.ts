import { getConnInfo } from '@hono/node-server/conninfo'
import { type Auth, AuthError, findPendingMigrations } from '@pockitflyer/auth'
import {
  createContext,
  handleRest,
  handleTrpc,
  renderTrpcError,
  type ReportError,
  restPath,
  trpcPath,
} from '@pockitflyer/auth/http'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/** Largest request body in bytes. */
const bodyMaxBytes = 64 * 1024

/** The HTTP surface: tRPC, REST and its documentation, the public keys and the two probes. */
export function createApp(auth: Auth, docs: Hono, report: ReportError): Hono {
  const app = new Hono()
  app.use('/api/*', limitBody)

  const contextOf = (c: Context) => createContext(auth, c.req.raw, getConnInfo(c).remote.address)
  app.all(`${trpcPath}/*`, (c) => handleTrpc(c.req.raw, contextOf(c), report))
  app.all(`${restPath}/*`, (c) => handleRest(c.req.raw, contextOf(c), report))
  app.route('/api', docs)
  app.get('/.well-known/jwks.json', (c) =>
    c.json(auth.tokens.jwks(), 200, { 'Cache-Control': 'public, max-age=300' }),
  )

  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', (c) => answerReadiness(c, auth))

  app.notFound((c) => answerDetail(c, 404, 'Not found.'))
  app.onError((error, c) => {
    const requestId = crypto.randomUUID()
    report(error, { requestId, path: c.req.path })
    return c.json({ detail: 'Something went wrong on our side.', request_id: requestId }, 500)
  })
  return app
}

const limitBody: MiddlewareHandler = (c, next) => (saysItFits(c.req.raw) ? next() : limitReadBody(c, next))

const limitReadBody = bodyLimit({
  maxSize: bodyMaxBytes,
  async onError(c) {
    await discardBody(c.req.raw)
    return answerTooLarge(c)
  },
})

/**
 * Node holds a body to the length that its header says, so most need no second look: to look, `bodyLimit` makes a stream of the
 * body, which costs a refresh 0.1 ms.
 */
function saysItFits({ headers }: Request): boolean {
  const length = headers.get('content-length')
  return length !== null && !headers.has('transfer-encoding') && Number(length) <= bodyMaxBytes
}

/** Ready means that the database answers and has the schema of this version. */
async function answerReadiness(c: Context, auth: Auth): Promise<Response> {
  try {
    const pending = await findPendingMigrations(auth.db)
    if (pending.length === 0) return c.json({ status: 'ok' })
    return c.json(
      { status: 'unavailable', reason: 'The database lacks migrations. Run: pnpm auth migrate', pending },
      503,
    )
  } catch {
    return c.json({ status: 'unavailable', reason: 'The database cannot be reached.' }, 503)
  }
}

/** Reads the body to its end: node-server cuts a connection whose body is unread, and with it the client's next request. */
async function discardBody({ body }: Request): Promise<void> {
  if (body === null || body.locked) return
  await body.pipeTo(new WritableStream()).catch(() => undefined)
}

/** In the shape of the door that it came to. */
function answerTooLarge(c: Context): Response {
  const error = new AuthError('payload_too_large')
  if (c.req.path.startsWith(trpcPath)) return renderTrpcError(error, crypto.randomUUID())
  return answerDetail(c, 413, error.message)
}

function answerDetail(c: Context, status: 404 | 413, detail: string): Response {
  return c.json({ detail }, status, { 'Cache-Control': 'no-store' })
}
