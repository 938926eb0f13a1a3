import { once } from 'node:events'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { listen, urlOf } from '../listen.ts'
import { Hono } from 'hono'
import type { Registry } from 'prom-client'

/** A listener for Prometheus. */
export interface MetricsServer {
  url: string
  stop(): Promise<void>
}

/**
 * Serves a registry at `/metrics`, on a port for the operator alone.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function serveMetrics(
  registry: Registry,
  address: { host: string; port: number },
): Promise<MetricsServer> {
  const app = new Hono()
  app.get('/metrics', async (c) =>
    c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType }),
  )
  const server = createServer(getRequestListener(app.fetch))
  const port = await listen(server, { ...address, portSetting: 'METRICS_PORT' })
  return {
    url: `${urlOf({ ...address, port })}/metrics`,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
