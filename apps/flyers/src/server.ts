import { once } from 'node:events'
import type { Server } from 'node:http'
import { createVerifier } from '@pockitflyer/auth-client/verifier'
import { createHttpServer } from '@pockitflyer/server'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { createFindAuthor } from './author.ts'
import { connect } from './db/database.ts'
import type { Settings } from './settings.ts'

/** How long a statement may take, in milliseconds: each is a matter of a few rows. */
const queryTimeoutMs = 10_000

/** How long a client may take to send a whole request, in seconds. */
const requestTimeoutSeconds = 15

/**
 * How long a connection stays open between two requests, in seconds: longer than a balancer keeps
 * it, which takes 60 or 75.
 */
const keepAliveTimeoutSeconds = 80

/** How long a shutdown waits for running requests, in milliseconds. */
const shutdownLimitMs = 10_000

/** A server that listens. */
export interface FlyersServer {
  url: string
  /** Stops accepting, finishes what runs for at most 10 seconds, and closes the pool. */
  stop(): Promise<void>
}

/**
 * Starts the service. It listens when the promise is kept; the account service may come later.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function startServer(settings: Settings, log: Logger): Promise<FlyersServer> {
  const { apiUrl, host, port } = settings
  const db = connect({
    url: settings.databaseUrl,
    queryTimeoutMs,
    onIdleError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
  })
  const app = createApp({
    db,
    verifier: createVerifier({ jwksUrl: new URL('/.well-known/jwks.json', apiUrl), ...settings.named }),
    findAuthor: createFindAuthor(apiUrl, (error) =>
      log.warn({ err: error }, 'the account service cannot be asked'),
    ),
    report: (error, details) => log.error({ err: error, ...details }, 'a request failed'),
  })
  const server = createHttpServer({
    fetch: app.fetch,
    requestTimeoutSeconds,
    keepAliveTimeoutSeconds,
    headers: { 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Resource-Policy': 'same-origin' },
  })
  server.on('request', (_, response) => response.once('close', () => closeIdleConnections(server)))
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    await db.destroy()
    throw error
  }
  return {
    url: urlOf(server),
    async stop() {
      const closed = once(server, 'close')
      const limit = setTimeout(() => server.closeAllConnections(), shutdownLimitMs)
      server.close()
      await closed
      clearTimeout(limit)
      await db.destroy()
    },
  }
}

/**
 * An answer that is sent during a stop leaves its connection idle, which `server.close()` would
 * wait for.
 */
function closeIdleConnections(server: Server): void {
  if (!server.listening) server.closeIdleConnections()
}

function urlOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
}
