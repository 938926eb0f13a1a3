import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { compileCacheFolder } from '@pockitflyer/server/compile-cache'
import { readNodeFlags } from '@pockitflyer/server/node-flags'
import { secretKey } from '../data/credentials.ts'

/** A server under load, as a process of its own. */
export interface Server extends AsyncDisposable {
  url: string
  pid: number
  /** Seconds from the start of the process until it is ready. */
  startSeconds: number
}

/** Starts the API as `pnpm start:api` does, without its rate limits. */
export async function startApi(databaseUrl: string, env: Record<string, string> = {}): Promise<Server> {
  const { flags, program, env: usual } = apiProgram(databaseUrl)
  return startServer([...flags, program], { ...usual, ...env })
}

/**
 * Returns how `pnpm start:api` calls Node, without rate limits and on a free port.
 *
 * @throws {Error} when the API is not built
 */
export function apiProgram(databaseUrl: string) {
  const api = new URL('../../../../../apps/api/', import.meta.url)
  const program = fileURLToPath(new URL('dist/main.js', api))
  if (!existsSync(program)) throw new Error('Build the API first: pnpm build')
  return {
    flags: readNodeFlags(api),
    program,
    env: {
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: compileCacheFolder,
      DATABASE_URL: databaseUrl,
      SECRET_KEY: secretKey,
      PORT: '0',
      RATE_LIMITS: 'off',
    },
  }
}

/**
 * The default limits. Only the limit on right passwords is higher, since the load repeats them. All
 * logins come from one address, so that they wait for one another's counts.
 */
export const manyLogins = {
  RATE_LIMITS: 'on',
  LOGINS_PER_ACCOUNT: '1000000/1h',
  LOGINS_PER_ADDRESS: '1000000/1h',
}

/** Starts the baseline server. */
export async function startBaselineServer(databaseUrl: string): Promise<Server> {
  return startServer([fileURLToPath(import.meta.resolve('../baseline/main.ts')), databaseUrl], {})
}

/**
 * Starts a server and waits until it is ready. Of a server of several processes, `listeners` says
 * how many report that they listen.
 */
export async function startServer(
  args: string[],
  env: Record<string, string>,
  listeners = 1,
): Promise<Server> {
  const begin = performance.now()
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const url = await readUrl(child, listeners)
  const answer = await fetch(`${url}/readyz`)
  await answer.arrayBuffer()
  return {
    url,
    pid: child.pid ?? 0,
    startSeconds: (performance.now() - begin) / 1000,
    async [Symbol.asyncDispose]() {
      process.off('exit', kill)
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function readUrl(child: ChildProcess, listeners: number): Promise<string> {
  if (child.stdout === null) throw new TypeError('the server has no standard output')
  let listening = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /"url":"([^"]+)"/.exec(line)?.[1]
    if (url !== undefined) listening += 1
    if (url !== undefined && listening === listeners) {
      child.stdout.resume()
      return url
    }
  }
  throw new Error('The server ended before it listened.')
}
