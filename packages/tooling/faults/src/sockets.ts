import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Connections that their client opened and hardly uses. */
export interface Sockets {
  /** Returns the number of open connections, including those that are opening. */
  openCount(): number
  /** Sends a byte on each open connection. */
  drip(byte: string): void
  /** Replaces no more connections, and resolves when the server has closed all. */
  letEnd(): Promise<void>
  close(): void
}

/**
 * Opens connections, a hundred at a time, and sends the beginning of a request on each. It replaces
 * those that the server closes, so that their number stays on a busy machine too.
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
