import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

type Side = 'django' | 'accounts'

/**
 * Who answers. `both`: this service answers logins, refreshes and `me`, and Django all else, and
 * again what this service refuses with 401: it may not know yet what Django wrote a second ago.
 */
export type Route = Side | 'both'

/** A reverse proxy before both services. */
export interface SwitchingProxy {
  url: string
  route: (route: Route) => void
  /** Lets requests that write wait, and resolves when none is under way. */
  hold: () => Promise<void>
  release: () => void
  close: () => Promise<void>
}

const reads = /^(GET .*|POST \/api\/users\/(login|token\/refresh|token\/verify)\/)$/

/** Starts a reverse proxy that begins with Django alone. */
export async function startProxy(targets: Record<Side, string>): Promise<SwitchingProxy> {
  let route: Route = 'django'
  let gate: PromiseWithResolvers<void> | undefined
  const writing = new Set<Promise<Response>>()

  async function forward(request: IncomingMessage, body: Buffer): Promise<Response> {
    const isRead = reads.test(`${request.method} ${request.url}`)
    if (isRead) return ask(request, body, true)
    await gate?.promise
    const asked = ask(request, body, false)
    writing.add(asked)
    return asked.finally(() => writing.delete(asked))
  }
  async function ask(request: IncomingMessage, body: Buffer, isRead: boolean): Promise<Response> {
    if (route !== 'both') return send(targets[route], request, body)
    if (!isRead) return send(targets.django, request, body)
    const answer = await send(targets.accounts, request, body)
    if (answer.status !== 401) return answer
    await answer.arrayBuffer()
    return send(targets.django, request, body)
  }
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await forward(request, await buffer(request))
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? 'text/plain' })
    response.end(Buffer.from(await answer.arrayBuffer()))
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(502).end(String(error)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    route(next) {
      route = next
    },
    async hold() {
      gate ??= Promise.withResolvers<void>()
      await Promise.allSettled(writing)
    },
    release() {
      gate?.resolve()
      gate = undefined
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function send(
  target: string,
  { method = '', url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Response> {
  const { authorization } = headers
  return fetch(`${target}${url}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      Connection: 'close',
      ...(authorization !== undefined && { Authorization: authorization }),
    },
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  })
}
