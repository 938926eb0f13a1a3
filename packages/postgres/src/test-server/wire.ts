import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A proxy to a server that simulates network faults. */
export type Wire = {
  /** The URL of the same database, through the proxy. */
  url: string
  /** Resets every open connection (RST). */
  cut: () => void
  /**
   * Blocks every open connection as a firewall does that dropped its state: neither end notices.
   */
  silence: () => void
  /** Closes every connection and the proxy. */
  stop: () => Promise<void>
}

/**
 * Starts a proxy to the database of a URL, to test what its user does when the connection breaks.
 */
export async function startWire(url: string): Promise<Wire> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    return socket
  }
  const cut = () => sockets.forEach((socket) => socket.resetAndDestroy())

  const server = createServer((near) => {
    const far = keep(connect(Number(target.port), target.hostname))
    keep(near).pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const wired = new URL(url)
  wired.host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return {
    url: wired.href,
    cut,
    silence: () => sockets.forEach((socket) => socket.unpipe().pause()),
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}
