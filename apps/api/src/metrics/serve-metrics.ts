import { once } from 'node:events'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Registry } from 'prom-client'
import { urlOf } from '../url-of.ts'

/** A listener for Prometheus. */
export interface MetricsServer {
  url: string
  stop(): Promise<void>
}

/**
 * Serves a registry at `/metrics`, on a port that is nobody's but the operator's.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function serveMetrics(
  registry: Registry,
  { host, port }: { host: string; port: number },
): Promise<MetricsServer> {
  const app = new Hono()
  app.get('/metrics', async (c) =>
    c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType }),
  )
  const server = createServer(getRequestListener(app.fetch))
  server.listen(port, host)
  await once(server, 'listening')
  return {
    url: `${urlOf(server, host)}/metrics`,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
