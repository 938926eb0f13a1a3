import { createVerifier } from '@pockitflyer/auth-client/verifier'
import { createHttpServer, createStop, listen, type RunningServer, urlOf } from '@pockitflyer/server'
import type { Logger } from '@pockitflyer/server/log'
import { createApp } from './app.ts'
import { createFindAuthor } from '@pockitflyer/flyers/author'
import { connect } from '@pockitflyer/flyers/database'
import type { Settings } from '@pockitflyer/flyers/settings'

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

/**
 * Starts the service. It listens when the promise is kept; the account service may come later.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function startServer(settings: Settings, log: Logger): Promise<RunningServer> {
  const { apiUrl, host } = settings
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
  const stop = createStop(server, { limitMs: shutdownLimitMs })
  const port = await listen(server, settings).catch(async (error: unknown) => {
    await db.destroy()
    throw error
  })
  return {
    url: urlOf({ host, port }),
    async stop() {
      await stop()
      await db.destroy()
    },
  }
}
