import { fileURLToPath } from 'node:url'
import { readNodeFlags } from '@pockitflyer/server/node-flags'
import { findPortFault } from '@pockitflyer/server/settings'
import type { Program } from './child.ts'

/** A program and the address at which it will answer, as this machine reaches it. */
export interface Service extends Program {
  url: string
}

type Environment = NodeJS.ProcessEnv

const apps = new URL('../../../../apps/', import.meta.url)
const appDirectory = (name: string) => fileURLToPath(new URL(`${name}/`, apps))

/**
 * The API, at `HOST` and `PORT`, behind the web app of this machine, whose word on who asks it
 * takes. An empty variable counts as absent.
 */
export function apiService(env: Environment): Service {
  const url = addressOf(env['HOST'] || '127.0.0.1', env['PORT'] || '8000')
  const trustedProxies = ['loopback', env['TRUSTED_PROXIES']].filter(Boolean).join(',')
  const ownEnv = { ...env, TRUSTED_PROXIES: trustedProxies }
  const flags = readNodeFlags(new URL('api/', apps))
  return { name: 'api', args: [...flags, 'src/main.ts'], cwd: appDirectory('api'), env: ownEnv, url }
}

/**
 * The flyers service, at `FLYERS_HOST` and `FLYERS_PORT`, on `FLYERS_DATABASE_URL`, its metrics at
 * `FLYERS_METRICS_PORT`. It holds no
 * key: it verifies tokens by what the API publishes.
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
    url: addressOf(host, port),
  }
}

/**
 * The web app, as edited or, in production, as built, at `WEB_HOST` and `WEB_PORT`. It is told
 * where the API is and nothing that the API alone may know.
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
    url: addressOf(host, port),
  }
}

const secrets = new Set(['SECRET_KEY', 'SIGNING_KEY', 'DATABASE_URL', 'FLYERS_DATABASE_URL'])

function withoutSecrets(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.has(name)))
}

/** @throws {Error} with every variable that is to be a port and is none */
export function checkPorts(env: Environment): void {
  const faults = ['PORT', 'WEB_PORT', 'FLYERS_PORT', 'FLYERS_METRICS_PORT'].flatMap((name) => {
    const fault = env[name] ? findPortFault(env[name]) : undefined
    return fault === undefined ? [] : [`${name} ${fault}`]
  })
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/** A server that listens everywhere is reached at the loopback address. */
function addressOf(host: string, port: string): string {
  const reached = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`
}
