import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { type Socket, Server as TcpServer } from 'node:net'
import { errorCode } from '@pockitflyer/postgres-pool/error-code'

interface Address {
  host: string
  /** 0: any free port. */
  port: number
}

/** An address of the settings. */
export interface ListenAddress extends Address {
  /** The name of the port's setting, for the error when another program has the port. */
  portSetting: string
}

/**
 * Connections that may wait to be accepted. Linux caps it at 4096. An excess connection is dropped
 * and its client retries seconds later: Node's default of 511 is exceeded when a thousand come at
 * once.
 */
const backlog = 4096

/**
 * Starts to listen and returns the port.
 * @throws when the port is taken (`EADDRINUSE`), with its setting, or not allowed
 */
export async function listen(server: Server, { host, port, portSetting }: ListenAddress): Promise<number> {
  server.listen(port, host, backlog)
  await once(server, 'listening').catch((error: unknown) => {
    throw errorCode(error) === 'EADDRINUSE' ? portTaken({ host, port, portSetting }, error) : error
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

/** Returns the error that names a taken port and its setting. */
export function portTaken({ host, port, portSetting }: ListenAddress, cause?: unknown): Error {
  const message = `another program has ${portSetting}=${port} at ${host} (EADDRINUSE). Stop it, or set ${portSetting}.`
  return new Error(message, { cause })
}

/** Returns the URL of a listening server. */
export function urlOf({ host, port }: Address): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/**
 * Time that a stop leaves idle connections open, in milliseconds: a request may be on its way on
 * one.
 */
const drainMs = 1000

/**
 * Returns the function that stops a server; call this before its first answer. The stop refuses new
 * connections. On open ones it answers running and coming requests with `Connection: close`, and
 * closes the idle ones; after `limitMs` it closes all. Node's own `close()` would cut idle
 * connections at once, even while a client sends a request: so does an urgent stop.
 */
export function createStop(
  server: Server,
  { limitMs }: { limitMs: number },
): (options: { isUrgent: boolean }) => Promise<void> {
  // By socket, since a set of the running ones would change with each request. V8 then replaces its
  // table and links the old one to the next: once one is in the old generation, it keeps every
  // later request alive until the next full collection. That took 15 % of the time of a refresh.
  const latest = new Map<Socket, ServerResponse>()
  server.on('connection', (socket) => socket.once('close', () => latest.delete(socket)))
  server.on('request', ({ socket }, response) => latest.set(socket, response))
  return async ({ isUrgent }) => {
    const closed = once(server, 'close')
    const tellLast = (response: ServerResponse) => response.setHeader('Connection', 'close')
    for (const response of latest.values()) if (!response.headersSent) tellLast(response)
    server.prependListener('request', (_, response) => tellLast(response))
    TcpServer.prototype.close.call(server)
    if (isUrgent) server.closeIdleConnections()
    const drain = setInterval(() => server.closeIdleConnections(), drainMs)
    const limit = setTimeout(() => server.closeAllConnections(), limitMs)
    await closed
    clearInterval(drain)
    clearTimeout(limit)
  }
}
