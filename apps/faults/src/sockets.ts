import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Connections that their client opened and does little with. */
export interface Sockets {
  /** How many the server has not ended. */
  openCount(): number
  /** Sends a byte on each that is open. */
  drip(byte: string): void
  /** Resolves when the server has ended all. */
  ended(): Promise<void>
  close(): void
}

/** Opens so many connections, a hundred at a time, and sends the beginning of a request on each. */
export async function openSockets(url: string, count: number, beginning = ''): Promise<Sockets> {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  const closed: Promise<unknown>[] = []
  while (closed.length < count) {
    const batch = Array.from({ length: Math.min(100, count - closed.length) }, () =>
      connect(Number(port), hostname),
    )
    for (const socket of batch) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.resume()
      closed.push(new Promise<void>((resolve) => socket.on('close', () => resolve(void open.delete(socket)))))
    }
    await Promise.all(batch.map((socket) => once(socket, 'connect')))
    for (const socket of batch) if (beginning !== '') socket.write(beginning)
  }
  return {
    openCount: () => open.size,
    drip: (byte) => open.forEach((socket) => socket.write(byte)),
    ended: async () => void (await Promise.all(closed)),
    close: () => open.forEach((socket) => socket.destroy()),
  }
}
