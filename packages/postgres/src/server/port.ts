import { readFile, rename, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'

/** Returns the port of the last start, if there was one. */
export async function readPort(file: string): Promise<number | undefined> {
  const port = Number(await readFile(file, 'utf8').catch(() => ''))
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : undefined
}

export async function writePort(file: string, port: number): Promise<void> {
  await writeFile(`${file}.new`, String(port), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/**
 * Returns the port of the last start if it is free, else a free one. Another process may take it
 * before the server does.
 */
export async function choosePort(file: string): Promise<number> {
  const last = await readPort(file)
  const port = last === undefined ? undefined : await listenOnce(last)
  return port ?? (await listenOnce(0)) ?? Promise.reject(new Error('No port is free on 127.0.0.1.'))
}

async function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
