import type { Environment } from '../../cli.ts'
import { found, type Finding, when } from './finding.ts'
import { isLocal } from './is-local.ts'
import type { ServiceSettings } from './read-service-settings.ts'

type Settings = Pick<ServiceSettings, 'isProduction' | 'issuer' | 'audience'>

/**
 * Finds what the web app, the worker, the flyers service and other verifiers of tokens make unsafe,
 * by the settings of theirs that stand in this environment.
 */
export function checkNeighbours(settings: Settings, env: Environment): Finding[] {
  return [
    ...judgeHosts(settings, env),
    ...judgeUrls(settings, env),
    ...judgeFlyers(env),
    ...judgeClaims(settings, env),
  ]
}

/** In a container a server must listen on every address, and the container shows none of them. */
function judgeHosts({ isProduction }: Settings, env: Environment): Finding[] {
  if (!isProduction) return []
  return ['HOST', 'WEB_HOST', 'FLYERS_HOST', 'WORKER_HOST'].flatMap((name) => {
    const host = env[name]
    return when(
      Boolean(host) && !isLocal(host ?? ''),
      found('remark', name, [
        `is ${host}: without TLS, passwords can be read on the way there`,
        `${name}=127.0.0.1 behind a proxy with TLS, or let nothing but the proxy reach the port`,
      ]),
    )
  })
}

function judgeUrls({ isProduction }: Settings, env: Environment): Finding[] {
  const isPlain = (name: string) => {
    const url = URL.parse(env[name] ?? '')
    return url?.protocol === 'http:' && !isLocal(url.hostname)
  }
  return [
    ...when(
      isProduction && isPlain('PUBLIC_URL'),
      found('warning', 'PUBLIC_URL', [
        'has no TLS: whoever reads the network takes the links of mails',
        `PUBLIC_URL=${env['PUBLIC_URL']?.replace(/^http:/i, 'https:')}`,
      ]),
    ),
    ...when(
      isPlain('API_URL'),
      found('remark', 'API_URL', [
        'has no TLS: the web app sends passwords over a network that must be private',
        'API_URL=https://…, or both on one machine',
      ]),
    ),
  ]
}

/** A sibling that has the service's own role can read every password hash. */
function judgeFlyers(env: Environment): Finding[] {
  const [own, flyers] = [URL.parse(env['DATABASE_URL'] ?? ''), URL.parse(env['FLYERS_DATABASE_URL'] ?? '')]
  if (own === null || flyers === null) return []
  const isSame = (part: 'username' | 'host' | 'pathname') => own[part] === flyers[part]
  return when(
    isSame('username') && isSame('host') && isSame('pathname'),
    found('warning', 'FLYERS_DATABASE_URL', [
      'has the role of the accounts, which reads every password hash',
      'a role of its own in PostgreSQL, for the tables of the flyers alone',
    ]),
  )
}

/** Published keys invite other services to verify tokens, and these cannot tell ours otherwise. */
function judgeClaims({ isProduction, issuer, audience }: Settings, env: Environment): Finding[] {
  if (!isProduction || !env['SIGNING_KEY']) return []
  const missing = [issuer === undefined ? ['ISSUER'] : [], audience === undefined ? ['AUDIENCE'] : []].flat()
  return missing.map((name) =>
    found('remark', name, [
      'is missing: a service that verifies our tokens cannot tell what they are for',
      `${name}=${name === 'ISSUER' ? 'https://accounts.example.com' : 'pockitflyer'}, here and at each verifier`,
    ]),
  )
}
