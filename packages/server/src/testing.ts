import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** A Node program that a test runs as a process of its own. */
export interface TestProcess {
  pid: number
  /** Returns its output so far. */
  output: () => string
  /**
   * Resolves to its URL when it listens.
   * @throws {Error} with its output, when it ends before
   */
  listens: () => Promise<string>
  /** Sends a signal, by default what a power cut does, and resolves to its exit code. */
  kill: (signal?: NodeJS.Signals) => Promise<number | null>
  /** Resolves to its exit code when it has ended. */
  ended: Promise<number | null>
}

/** Starts a program with nothing but these variables. The caller kills it. */
export function spawnProgram(main: string, env: Record<string, string>): TestProcess {
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const ended = once(child, 'close').then(() => child.exitCode)
  const listening = new Promise<string>((resolve, reject) => {
    const read = (data: unknown) => {
      output += String(data)
      const url = /"url":"([^"]+)"/.exec(output)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void ended.then(() => reject(new Error(`the program ended: ${output}`)))
  })
  listening.catch(() => {}) // A test that does not wait for it learns of the end by `ended`.
  return {
    pid: child.pid ?? 0,
    output: () => output,
    listens: () => listening,
    kill(signal = 'SIGKILL') {
      child.kill(signal)
      return ended
    },
    ended,
  }
}

/** Returns a free port of this machine. Another process may take it before its use. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  return address.port
}
