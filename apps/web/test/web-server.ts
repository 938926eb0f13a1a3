import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('..', import.meta.url))
const next = createRequire(import.meta.url).resolve('next/dist/bin/next')

/** A web app that listens. */
export interface WebServer {
  url: string
  /** Kept when it ends; null when a signal ended it. */
  exitCode: Promise<number | null>
  stop(): Promise<void>
}

/** Starts the built web app on a free port, in front of the API at `apiUrl`. Its errors show with `DEBUG=1`. */
export async function startWeb(apiUrl: string, env: Record<string, string> = {}): Promise<WebServer> {
  return startNext(folder, { API_URL: apiUrl, ...env })
}

/** Starts the built Next.js app in a folder on a free port. */
export async function startNext(cwd: string, env: Record<string, string> = {}): Promise<WebServer> {
  const child = spawn(process.execPath, [next, 'start', '--port', '0', '--hostname', '127.0.0.1'], {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', process.env['DEBUG'] ? 'inherit' : 'ignore'],
  })
  const exited = once(child, 'exit')
  const exitCode = exited.then(() => child.exitCode)
  // Nothing is lost with it, and SIGTERM would wait for the browser's open connections.
  const stop = async () => {
    child.kill('SIGKILL')
    await exited
  }
  for await (const line of createInterface(child.stdout)) {
    const port = /Local:\s+http:\/\/[^:]+:(\d+)/.exec(line)?.[1]
    if (port !== undefined) {
      child.stdout.resume()
      return { url: `http://127.0.0.1:${port}`, exitCode, stop }
    }
  }
  await exited
  throw new Error('The web app did not start.')
}
