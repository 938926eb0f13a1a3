import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { Server as TcpServer } from 'node:net'

interface Address {
  host: string
  /** 0: any that is free. */
  port: number
}

/**
 * How many connections may wait to be accepted; Linux has a limit of its own, 4096. One too many is
 * dropped, and its client tries again seconds later: Node's own 511 are full when a thousand come
 * at once.
 */
const backlog = 4096

/**
 * Lets a server listen and returns its port.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function listen(server: Server, { host, port }: Address): Promise<number> {
  server.listen(port, host, backlog)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

/** The URL of a server that listens. */
export function urlOf({ host, port }: Address): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/**
 * How long a stop leaves idle connections open, in milliseconds: a request may be on its way on
 * one.
 */
const drainMs = 1000

/**
 * Makes the stop of a server, which must not have answered yet. It refuses new connections. On
 * those that are open, what runs and what comes is answered and told that it was the last; those on
 * which nothing comes are closed, and after `limitMs` all. Node's own `close()` would cut idle ones
 * at once, under the request that a client is just sending.
 */
export function createStop(server: Server, { limitMs }: { limitMs: number }): () => Promise<void> {
  const running = new Set<ServerResponse>()
  server.on('request', (_, response) => {
    running.add(response)
    response.once('close', () => running.delete(response))
  })
  return async () => {
    const closed = once(server, 'close')
    const tellLast = (response: ServerResponse) => response.setHeader('Connection', 'close')
    for (const response of running) if (!response.headersSent) tellLast(response)
    server.prependListener('request', (_, response) => tellLast(response))
    TcpServer.prototype.close.call(server)
    const drain = setInterval(() => server.closeIdleConnections(), drainMs)
    const limit = setTimeout(() => server.closeAllConnections(), limitMs)
    await closed
    clearInterval(drain)
    clearTimeout(limit)
  }
}
