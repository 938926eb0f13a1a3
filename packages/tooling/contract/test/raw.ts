import { connect, type Socket } from 'node:net'

/**
 * Sends bytes to a server as they stand and returns all that comes back until the server closes the
 * connection.
 */
export async function sendRaw(url: string, bytes: Buffer | string, { end = true } = {}): Promise<string> {
  const { socket, closed } = open(url)
  socket.write(bytes)
  if (end) socket.end()
  return closed
}

/**
 * Sends the beginning of a request and then a byte at a time, and returns what came back when the
 * server closed.
 */
export async function sendSlowly(url: string, beginning: string, everyMs: number): Promise<string> {
  const { socket, closed } = open(url)
  socket.write(beginning)
  const drip = setInterval(() => socket.write('x'), everyMs)
  const answer = await closed
  clearInterval(drip)
  return answer
}

/**
 * A server that refuses a request closes before it has read all of it: then the connection breaks
 * for the client.
 */
function open(url: string): { socket: Socket; closed: Promise<string> } {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (data) => (answer += data.toString('latin1')))
  socket.on('error', () => undefined)
  return { socket, closed: new Promise((resolve) => socket.once('close', () => resolve(answer))) }
}
