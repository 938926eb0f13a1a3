import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, startChild } from './child.ts'
import { apiService, flyersService, type Service, webService } from './programs.ts'
import { waitUntilReady } from './wait.ts'

/** The composition of production on one machine: the API, the flyers service, and the web app in front of both. */

/** How long a program may take to answer for the first time, in milliseconds. */
const readyLimitMs = 30_000

/** How long a program may take to finish what it is doing, in milliseconds: the API allows 10 seconds after a delay of at most 30. */
const stopLimitMs = 42_000

const children: Child[] = []
let isStopping = false

async function stop(exitCode: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  await Promise.all(children.toReversed().map((child) => child.stop(stopLimitMs)))
  process.exit(exitCode)
}

async function fail(reason: string): Promise<void> {
  if (isStopping) return
  process.stderr.write(`${reason}\n`)
  await stop(1)
}

async function startService(service: Service, readyPath: string): Promise<void> {
  const child = startChild(service, (line) => process.stdout.write(`${line}\n`))
  children.push(child)
  await waitUntilReady(service.url + readyPath, { ended: child.ended, limitMs: readyLimitMs })
  void child.ended.then((how) => fail(how))
}

/** Under HS256 nothing is published that could verify a token, and no sibling gets the key that also signs. */
const withoutFlyers =
  'The flyers service is left out: it needs public keys, and SECRET_KEY alone has none. See: pnpm auth keys rotate'

async function main(): Promise<void> {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production' }
  const api = apiService(env)
  const flyers = env['SIGNING_KEY'] ? flyersService(api.url, env) : undefined
  const web = webService('start', api.url, { FLYERS_URL: flyers?.url, ...env })
  if (!existsSync(join(web.cwd, '.next/BUILD_ID')))
    throw new Error('The web app is not built. Run: pnpm build')

  await startService(api, '/healthz')
  if (flyers === undefined) process.stdout.write(`${withoutFlyers}\n`)
  else await startService(flyers, '/healthz')
  await startService(web, '/login')
  process.stdout.write(`The web app listens at ${web.url}, the API at ${api.url}.\n`)
}

process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))
await main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))
