import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * A door in front of a server, which a test can shut: then connections are refused, as when the
 * server is down.
 */
export interface Gate {
  url: string
  open(): Promise<void>
  shut(): Promise<void>
}

/** Makes a gate on a free port in front of `target`. It is open. */
export async function createGate(target: string): Promise<Gate> {
  const { hostname, port: targetPort } = new URL(target)
  const sockets = new Set<Socket>()
  const server = createServer((inward) => {
    const outward = connect(Number(targetPort), hostname)
    for (const socket of [inward, outward]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket)).on('error', () => undefined)
    }
    inward.pipe(outward).pipe(inward)
  })
  const port = await listen(server, 0)
  return {
    url: `http://127.0.0.1:${port}`,
    async open() {
      if (!server.listening) await listen(server, port)
    },
    async shut() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The gate has no port.')
  return address.port
}
