import { parseDatabaseUrl } from '@pockitflyer/postgres-pool'
import type { Environment } from '../../cli.ts'
import { judgeMailServer } from './check-mails.ts'
import { checkNeighbours } from './check-neighbours.ts'
import { found, type Finding, ok, when } from './finding.ts'
import { isLocal } from './is-local.ts'
import type { ServiceSettings } from './read-service-settings.ts'

const daySeconds = 86_400
const longestAccessSeconds = 7 * daySeconds
const longestGraceSeconds = 300

/** Finds settings that are valid each by itself, and unwise together. */
export function checkCombinations(settings: ServiceSettings, env: Environment): Finding[] {
  const findings = [
    ...judgeProduction(settings),
    ...judgeTokens(settings),
    ...judgeTransport(settings),
    ...judgeProxies(env['TRUSTED_PROXIES'] ?? '', settings),
    ...judgeMetrics(settings),
    ...judgeMailServer(settings),
    ...checkNeighbours(settings, env),
  ]
  return findings.some(({ level }) => level !== 'remark')
    ? findings
    : [ok('combinations', 'are safe'), ...findings]
}

function judgeProduction({ isProduction, limits, hasDocs }: ServiceSettings): Finding[] {
  return [
    ...when(
      !isProduction,
      found('remark', 'NODE_ENV', [
        'is not production: the checks are those of development',
        'NODE_ENV=production',
      ]),
    ),
    ...when(
      !limits.isOn,
      found(isProduction ? 'error' : 'warning', 'RATE_LIMITS', [
        'are off: passwords can be guessed as fast as they are hashed',
        'RATE_LIMITS=on',
      ]),
    ),
    ...when(
      isProduction && hasDocs,
      found('remark', 'API_DOCS', ['shows the page at /api/docs to everybody', 'API_DOCS=false']),
    ),
  ]
}

function judgeTokens(settings: ServiceSettings): Finding[] {
  const { accessTokenLifetimeSeconds: access, refreshTokenLifetimeSeconds: refresh } = settings
  return [
    ...when(
      access > refresh,
      found('warning', 'ACCESS_TOKEN_LIFETIME', [
        'is longer than REFRESH_TOKEN_LIFETIME: refresh tokens are of no use',
        'ACCESS_TOKEN_LIFETIME=15m',
      ]),
    ),
    ...when(
      access > longestAccessSeconds,
      found('warning', 'ACCESS_TOKEN_LIFETIME', [
        'is over 7 days: apps that verify offline take a stolen token for as long',
        'ACCESS_TOKEN_LIFETIME=24h',
      ]),
    ),
    ...when(
      refresh > settings.sessionMaxLifetimeSeconds,
      found('warning', 'SESSION_MAX_LIFETIME', [
        'is shorter than REFRESH_TOKEN_LIFETIME, which it cuts',
        `SESSION_MAX_LIFETIME=${Math.ceil(refresh / daySeconds)}d`,
      ]),
    ),
    ...when(
      settings.refreshReuseGraceSeconds > longestGraceSeconds,
      found('warning', 'REFRESH_REUSE_GRACE', [
        'is over 5 minutes: a stolen refresh token works beside its owner for as long',
        'REFRESH_REUSE_GRACE=30s',
      ]),
    ),
    ...when(
      settings.leewaySeconds > longestGraceSeconds,
      found('warning', 'LEEWAY', ['is over 5 minutes: tokens live so much longer', 'LEEWAY=0s']),
    ),
    ...when(
      settings.rotateRefreshTokens && !settings.blacklistAfterRotation,
      found('remark', 'BLACKLIST_AFTER_ROTATION', [
        'is false: a refresh token that was replaced is recorded and still accepted',
        'BLACKLIST_AFTER_ROTATION=true, once every client keeps its newest token',
      ]),
    ),
  ]
}

function judgeTransport({ database }: ServiceSettings): Finding[] {
  const { hosts, config } = parseDatabaseUrl(database.url)
  const remote = hosts.flatMap(({ host = 'localhost' }) => (isLocal(host) ? [] : [host]))
  if (remote.length === 0 || isVerified(config.ssl)) return []
  // Only a network of containers or a private one knows a name without a dot.
  const isPrivate = remote.every((host) => /^[\w-]+$/.test(host))
  return [
    found(isPrivate ? 'remark' : 'warning', 'DATABASE_URL', [
      `sends password hashes to ${remote.join(', ')} without TLS that is verified`,
      'add ?sslmode=verify-full to DATABASE_URL, unless no other machine is on that network',
    ]),
  ]
}

function isVerified(ssl: ReturnType<typeof parseDatabaseUrl>['config']['ssl']): boolean {
  return ssl === true || (typeof ssl === 'object' && ssl.rejectUnauthorized !== false)
}

function judgeProxies(trusted: string, { isProduction }: ServiceSettings): Finding[] {
  if (isProduction && trusted.trim() === '') {
    return [
      found('warning', 'TRUSTED_PROXIES', [
        'is empty: behind a proxy all clients count as one address, and one who guesses keeps the others out',
        'TRUSTED_PROXIES=<the addresses of your proxies>',
      ]),
    ]
  }
  if (!/(^|[\s,])[\w.:]+\/0($|[\s,])/.test(trusted)) return []
  return [
    found('error', 'TRUSTED_PROXIES', [
      'trusts everybody: a client that says another address each time is under no limit',
      'TRUSTED_PROXIES=<the addresses of your proxies>',
    ]),
  ]
}

function judgeMetrics({ metrics }: ServiceSettings): Finding[] {
  if (metrics === undefined || isLocal(metrics.host)) return []
  return [
    found('remark', 'METRICS_HOST', [
      `serves the metrics on ${metrics.host}: let nobody but Prometheus reach it`,
      'METRICS_HOST=127.0.0.1',
    ]),
  ]
}
