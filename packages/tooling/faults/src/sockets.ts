import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Connections that their client opened and does little with. */
export interface Sockets {
  /** How many are open, or about to be. */
  openCount(): number
  /** Sends a byte on each that is open. */
  drip(byte: string): void
  /** Replaces no more connections, and resolves when the server has ended all. */
  letEnd(): Promise<void>
  close(): void
}

/**
 * Opens so many connections, a hundred at a time, sends the beginning of a request on each, and
 * replaces those that the server ends: their number stays, however long that takes on a busy
 * machine.
 */
export async function holdSockets(url: string, count: number, beginning = ''): Promise<Sockets> {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  let isHeld = true

  function openOne(): Socket {
    const socket = connect(Number(port), hostname)
    open.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      open.delete(socket)
      if (isHeld) openOne()
    })
    socket.write(beginning)
    return socket.resume()
  }

  while (open.size < count) {
    const batch = Array.from({ length: Math.min(100, count - open.size) }, openOne)
    await Promise.all(batch.map((socket) => once(socket, 'connect')))
  }
  return {
    openCount: () => open.size,
    drip: (byte) => open.forEach((socket) => socket.write(byte)),
    async letEnd() {
      isHeld = false
      await Promise.all([...open].map((socket) => once(socket, 'close')))
    },
    close() {
      isHeld = false
      open.forEach((socket) => socket.destroy())
    },
  }
}
