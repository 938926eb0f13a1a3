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
  pid: number
  /** What it has written to standard error. */
  log(): string
  /** Kept when it ends; null when a signal ended it. */
  exitCode: Promise<number | null>
  stop(): Promise<void>
}

/**
 * Starts the built web app on a free port, in front of the API at `apiUrl`. Its errors show with
 * `DEBUG=1`.
 */
export async function startWeb(apiUrl: string, env: Record<string, string> = {}): Promise<WebServer> {
  return start(['src/serve.ts'], folder, { API_URL: apiUrl, WEB_PORT: '0', ...env })
}

/** Starts the flyers service on a free port. */
export async function startFlyers(databaseUrl: string, apiUrl: string): Promise<WebServer> {
  const env = { FLYERS_DATABASE_URL: databaseUrl, API_URL: apiUrl, PORT: '0' }
  return start(['src/main.ts'], fileURLToPath(new URL('../../flyers/', import.meta.url)), env)
}

/** Starts the built Next.js app in a folder on a free port. */
export async function startNext(cwd: string): Promise<WebServer> {
  return start([next, 'start', '--port', '0', '--hostname', '127.0.0.1'], cwd)
}

async function start(args: string[], cwd: string, env: Record<string, string> = {}): Promise<WebServer> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stderr.on('data', (text: Buffer) => {
    log += text.toString()
    if (process.env['DEBUG']) process.stderr.write(text)
  })
  const exited = once(child, 'exit')
  const exitCode = exited.then(() => child.exitCode)
  // Nothing is lost with it, and SIGTERM would wait for the browser's open connections.
  const stop = async () => {
    child.kill('SIGKILL')
    await exited
  }
  for await (const line of createInterface(child.stdout)) {
    const port = /(?:Local:\s+|listens at |"url":")http:\/\/[^:]+:(\d+)/.exec(line)?.[1]
    if (port !== undefined) {
      child.stdout.resume()
      return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, log: () => log, exitCode, stop }
    }
  }
  await exited
  throw new Error(`The web app did not start. ${log}`)
}
