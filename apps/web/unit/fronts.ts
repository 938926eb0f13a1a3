import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { readEnvironment } from '../src/environment.ts'
import { createListener } from '../src/front/listener.ts'

/** Everything in front of Next.js, whose part a test plays. */
export interface Fronts {
  /** What Next.js got. */
  seen: { url: string | undefined; headers: IncomingMessage['headers'] }[]
  /** Why requests were refused as another site's. */
  foreign: string[]
  /** Next.js. */
  handle: Parameters<typeof createListener>[0]['handle']
  /** Resolves when Next.js takes requests. */
  ready: Promise<void>
  /** Opens one in production with these settings more, and tells its address. */
  open: (variables: Record<string, string>) => Promise<string>
  /** Opens a server on a free port, which `close` closes, and tells its address. */
  listen: (server: Server) => Promise<string>
  /** Forgets what was seen; Next.js answers every request with `page`. */
  reset(): void
  close(): void
}

/** Makes fronts, of which none is open. */
export function createFronts(): Fronts {
  const servers: Server[] = []
  const fronts: Fronts = {
    seen: [],
    foreign: [],
    handle: answerPage,
    ready: Promise.resolve(),
    async open(variables) {
      const listener = createListener({
        environment: readEnvironment({ NODE_ENV: 'production', ...variables }),
        nextHost: () => 'next:1',
        handle: (request, response) => {
          fronts.seen.push({ url: request.url, headers: { ...request.headers } })
          return fronts.handle(request, response)
        },
        isReady: () => fronts.ready,
        onForeign: (reason) => fronts.foreign.push(reason),
      })
      return fronts.listen(createServer({ requireHostHeader: false }, listener))
    },
    async listen(server) {
      servers.push(server)
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
      return `http://127.0.0.1:${address.port}`
    },
    reset() {
      fronts.seen.length = 0
      fronts.foreign.length = 0
      fronts.handle = answerPage
      fronts.ready = Promise.resolve()
    },
    close() {
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
  return fronts
}

const answerPage: Fronts['handle'] = async (_, response) => void response.end('page')
