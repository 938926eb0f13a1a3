import { fileURLToPath } from 'node:url'
import type { ListenAddress } from '@pockitflyer/server'
import { readNodeFlags } from '@pockitflyer/server/node-flags'
import { findPortFault } from '@pockitflyer/server/settings'
import type { Program } from './child.ts'

/** A program and its URL for this machine. */
export interface Service extends Program {
  url: string
  /** Where it listens. */
  listens: ListenAddress
}

type Environment = NodeJS.ProcessEnv

const apps = new URL('../../../../apps/', import.meta.url)
const appDirectory = (name: string) => fileURLToPath(new URL(`${name}/`, apps))

/**
 * Returns the API, from its sources or, in production, its build, at `HOST` and `PORT`, behind this
 * machine's web app, which it trusts as a proxy. An empty value counts as absent.
 */
export function apiService(env: Environment): Service {
  const address = listensAt('PORT', { host: env['HOST'] || '127.0.0.1', port: env['PORT'] || '8000' })
  const trustedProxies = ['loopback', env['TRUSTED_PROXIES']].filter(Boolean).join(',')
  const ownEnv = { ...env, TRUSTED_PROXIES: trustedProxies }
  const main = env['NODE_ENV'] === 'production' ? 'dist/main.js' : 'src/main.ts'
  const args = [...readNodeFlags(new URL('api/', apps)), main]
  return { name: 'api', args, cwd: appDirectory('api'), env: ownEnv, ...address }
}

/**
 * Returns the flyers service, at `FLYERS_HOST` and `FLYERS_PORT`, on `FLYERS_DATABASE_URL`, with
 * its metrics at `FLYERS_METRICS_PORT`. It holds no key: it verifies tokens with the API's
 * published keys.
 */
export function flyersService(apiUrl: string, env: Environment): Service {
  const host = env['FLYERS_HOST'] || '127.0.0.1'
  const port = env['FLYERS_PORT'] || '8100'
  return {
    name: 'flyers',
    args: ['src/main.ts'],
    cwd: appDirectory('flyers'),
    env: {
      ...withoutSecrets(env),
      FLYERS_DATABASE_URL: env['FLYERS_DATABASE_URL'],
      API_URL: apiUrl,
      HOST: host,
      PORT: port,
      METRICS_PORT: env['FLYERS_METRICS_PORT'],
      OTEL_SERVICE_NAME: undefined,
    },
    ...listensAt('FLYERS_PORT', { host, port }),
  }
}

/**
 * Returns the web app, from its sources or, in production, its build, at `WEB_HOST` and `WEB_PORT`.
 * It gets the API's URL and none of the API's secrets.
 */
export function webService(apiUrl: string, env: Environment): Service {
  const host = env['WEB_HOST'] || '127.0.0.1'
  const port = env['WEB_PORT'] || '3000'
  return {
    name: 'web',
    args: ['src/serve.ts'],
    cwd: appDirectory('web'),
    env: {
      ...withoutSecrets(env),
      NEXT_TELEMETRY_DISABLED: '1',
      API_URL: env['API_URL'] || apiUrl,
    },
    ...listensAt('WEB_PORT', { host, port }),
  }
}

/**
 * Returns the worker, whose probes answer at `WORKER_HOST` and `WORKER_PORT` and its metrics at
 * `WORKER_METRICS_PORT`. It gets the database and the key of mailed links, and no key that signs.
 */
export function workerService(env: Environment): Service {
  const host = env['WORKER_HOST'] || '127.0.0.1'
  const port = env['WORKER_PORT'] || '8200'
  return {
    name: 'worker',
    args: ['src/main.ts'],
    cwd: appDirectory('worker'),
    env: {
      ...withoutSecrets(env, ['DATABASE_URL', 'MAIL_KEY', 'MAIL_KEY_OLD', 'SMTP_URL']),
      WORKER_HOST: host,
      WORKER_PORT: port,
      METRICS_PORT: env['WORKER_METRICS_PORT'],
      OTEL_SERVICE_NAME: undefined,
    },
    ...listensAt('WORKER_PORT', { host, port }),
  }
}

/** Returns the mail server of development, whose page is at `INBOX_PORT`. */
export function inboxService(env: Environment): Service {
  return {
    name: 'inbox',
    args: ['src/inbox.ts'],
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    env: withoutSecrets(env),
    ...listensAt('INBOX_PORT', { host: '127.0.0.1', port: env['INBOX_PORT'] ?? '' }),
  }
}

const secrets = new Set([
  'SECRET_KEY',
  'SIGNING_KEY',
  'DEVICE_TOKEN_KEY',
  'MAIL_KEY',
  'MAIL_KEY_OLD',
  'SMTP_URL',
  'DATABASE_URL',
  'FLYERS_DATABASE_URL',
])

function withoutSecrets(env: Environment, known: string[] = []): Environment {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !secrets.has(name) || known.includes(name)),
  )
}

const portSettings = [
  'PORT',
  'WEB_PORT',
  'FLYERS_PORT',
  'FLYERS_METRICS_PORT',
  'WORKER_PORT',
  'WORKER_METRICS_PORT',
  'INBOX_PORT',
  'INBOX_SMTP_PORT',
]

/** @throws {Error} with every port setting that is no port */
export function checkPorts(env: Environment): void {
  const faults = portSettings.flatMap((name) => {
    const fault = env[name] ? findPortFault(env[name]) : undefined
    return fault === undefined ? [] : [`${name} ${fault}`]
  })
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/** Returns where a program listens, by the setting of its port, and how to reach it. */
function listensAt(portSetting: string, { host, port }: { host: string; port: string }) {
  return { url: addressOf(host, port), listens: { host, port: Number(port), portSetting } }
}

/** Returns the address to reach a server at: the loopback address where it listens on all. */
function addressOf(host: string, port: string): string {
  const reached = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`
}
