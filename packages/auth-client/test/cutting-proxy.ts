import { connect, createServer, type Socket } from 'node:net'
import { afterAll } from 'vitest'
import { listen } from './listen.ts'

/** A TCP proxy that loses answers: the request arrives, its answer does not. */
export async function openCuttingProxy(target: number) {
  let answersToCut = 0
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (bytes) => {
      if (answersToCut === 0) {
        client.write(bytes)
        return
      }
      answersToCut -= 1
      client.destroy()
    })
  })
  const port = await listen(server)
  afterAll(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${port}/api/trpc`,
    /** Loses the next answers. */
    cut(answers: number) {
      answersToCut = answers
    },
  }
}
