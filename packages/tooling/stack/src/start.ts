import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readSettings } from '@pockitflyer/auth'
import { keySettings } from '@pockitflyer/auth/admin'
import { deriveMailKeySettings, type MailKeySettings } from '@pockitflyer/auth/mails'
import { readSettings as readFlyersSettings } from '@pockitflyer/flyers/settings'
import { apiService, checkPorts, flyersService, webService, workerService } from './programs.ts'
import { requireFreePorts } from './ports.ts'
import { createServices } from './services.ts'

/**
 * The composition root of production on one machine: the API, the flyers service, and the web app
 * in front of both.
 */

/**
 * Longest time for a program to finish its work, in milliseconds: the API allows 10 seconds after a
 * delay of at most 30.
 */
const stopLimitMs = 42_000

const services = createServices({
  readyLimitMs: 30_000,
  listen: () => (line) => process.stdout.write(`${line}\n`),
  onRestart: (what) => process.stdout.write(`${what}\n`),
  onEnd: (how) => void fail(how),
})
let isStopping = false

async function stop(exitCode: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  await services.stop(stopLimitMs)
  process.exit(exitCode)
}

async function fail(reason: string): Promise<void> {
  if (isStopping) return
  process.stderr.write(`${reason}\n`)
  await stop(1)
}

/**
 * Under HS256 no published key can verify a token, and other services do not get the key that also
 * signs.
 */
const withoutKey =
  'The flyers service is left out: it needs public keys, and SECRET_KEY alone has none. See: pnpm auth keys rotate'

/** The account service's role can read every password hash. */
const withoutRole =
  'The flyers service is left out: it needs FLYERS_DATABASE_URL, with a role of its own in PostgreSQL.'

/** The cookies of a login are Secure. */
const tlsNeeded =
  'Put a proxy that ends TLS in front: a browser keeps a login at an https address. Here alone, Chrome and Firefox do without; WebKit does not.'

function findReasonAgainstFlyers(env: NodeJS.ProcessEnv): string | undefined {
  if (!env['SIGNING_KEY']) return withoutKey
  return env['FLYERS_DATABASE_URL'] ? undefined : withoutRole
}

/** The worker's key of mailed links is the API's: given, or derived as the API does. */
function findMailKey(env: NodeJS.ProcessEnv): MailKeySettings | undefined {
  return env['MAIL_KEY'] ? undefined : deriveMailKeySettings(readSettings(keySettings, env))
}

async function main(): Promise<void> {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production' }
  checkPorts(env)
  const api = apiService(env)
  const reason = findReasonAgainstFlyers(env)
  const flyers = reason === undefined ? flyersService(api.url, env) : undefined
  if (flyers !== undefined) readFlyersSettings({ ...flyers.env, DATABASE_URL: env['DATABASE_URL'] })
  const web = webService(api.url, { FLYERS_URL: flyers?.url, ...env })
  const builds = [join(api.cwd, 'dist/main.js'), join(web.cwd, '.next/BUILD_ID')]
  if (!builds.every((file) => existsSync(file)))
    throw new Error('The API and the web app are not built. Run: pnpm build')
  await requireFreePorts([api, flyers, web, workerService(env)].flatMap((service) => service?.listens ?? []))

  await services.start(api, '/healthz')
  if (flyers === undefined) process.stdout.write(`${reason}\n`)
  else await services.start(flyers, '/healthz')
  await services.start(web, '/login')
  // Now: the API names every setting that is missing, keys too.
  await services.start(workerService({ ...env, ...findMailKey(env) }), '/healthz')
  process.stdout.write(`The web app listens at ${web.url}, the API at ${api.url}.\n${tlsNeeded}\n`)
}

process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))
await main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))
