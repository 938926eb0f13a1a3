import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@pockitflyer/server/testing'
import { poll } from './poll.ts'
import { apiProgram, startApi, startServer } from '../processes/server.ts'
import { childrenOf } from '../processes/usage.ts'

/** Processes of the API behind one address. */
export interface Fleet extends AsyncDisposable {
  url: string
  /** The processes of the API. */
  pids: number[]
  /** What stands before them: HAProxy, or the primary process of `node:cluster`. */
  frontPid?: number
}

/** Starts one process of the API, as most of the bench does. */
export async function startSingle(databaseUrl: string): Promise<Fleet> {
  const api = await startApi(databaseUrl)
  return { url: api.url, pids: [api.pid], [Symbol.asyncDispose]: () => api[Symbol.asyncDispose]() }
}

/** Starts processes of the API that share one port by `node:cluster`. */
export async function startCluster(databaseUrl: string, count: number): Promise<Fleet> {
  const { flags, program, env } = apiProgram(databaseUrl)
  const primary = fileURLToPath(import.meta.resolve('./cluster-main.ts'))
  const server = await startServer([...flags, primary, program, String(count)], env, count)
  return { ...server, pids: childrenOf(server.pid), frontPid: server.pid }
}

/** Returns whether HAProxy is installed. */
export const hasHaproxy = (): boolean => spawnSync('haproxy', ['-v']).error === undefined

/**
 * Starts processes of the API behind HAProxy, which sends each request to the process with the
 * fewest open connections.
 */
export async function startBehindHaproxy(databaseUrl: string, count: number): Promise<Fleet> {
  await using stack = new AsyncDisposableStack()
  const servers = []
  for (let started = 0; started < count; started += 1) {
    servers.push(stack.use(await startApi(databaseUrl, { TRUSTED_PROXIES: 'loopback' })))
  }
  const proxy = stack.use(await startHaproxy(servers.map(({ url }) => new URL(url).host)))
  const started = stack.move()
  return {
    url: proxy.url,
    pids: servers.map(({ pid }) => pid),
    frontPid: proxy.pid,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

/** Starts HAProxy with one thread in front of these hosts. */
async function startHaproxy(hosts: string[]): Promise<AsyncDisposable & { url: string; pid: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-haproxy-'))
  const file = join(folder, 'haproxy.cfg')
  const port = await findFreePort()
  await writeFile(file, configure(port, hosts))
  const child = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' })
  const gone = once(child, 'exit')
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const url = `http://127.0.0.1:${port}`
  await poll(async () => (await fetch(`${url}/readyz`)).ok)
  return {
    url,
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      process.off('exit', kill)
      kill()
      await gone
      await rm(folder, { recursive: true })
    },
  }
}

function configure(port: number, hosts: string[]): string {
  const servers = hosts.map((host, index) => `  server api${index + 1} ${host}`)
  return `global
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 90s
  timeout server 75s
  option forwardfor
frontend bench
  bind 127.0.0.1:${port}
  default_backend api
backend api
  balance leastconn
${servers.join('\n')}
`
}
