import type { ClientConfig } from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'
import { UrlProblem } from './split-url.ts'

export interface Parameters {
  config: ClientConfig
  needsWrites: boolean
  connectTimeoutMs: number | undefined
  /** Parameters that override the part before the question mark. */
  own: Map<string, string>
}

/**
 * The values that a parameter accepts: one of these words, a whole number above zero, or any text.
 */
const known: Record<string, string[] | 'number' | 'text'> = {
  ...asText('host', 'port', 'dbname', 'user', 'password'),
  ...asText('application_name', 'fallback_application_name', 'options', 'client_encoding'),
  ...asText('sslcert', 'sslkey', 'sslrootcert'),
  sslmode: ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'],
  ssl: ['true', '1', 'false', '0', 'no-verify'],
  sslnegotiation: ['postgres', 'direct'],
  uselibpqcompat: ['true', 'false'],
  channel_binding: ['disable', 'prefer', 'require'],
  target_session_attrs: ['any', 'read-write', 'primary'],
  load_balance_hosts: ['disable'],
  connect_timeout: 'number',
  statement_timeout: 'number',
  lock_timeout: 'number',
  idle_in_transaction_session_timeout: 'number',
  query_timeout: 'number',
  // Accepted without effect: the service sets its own keepalives and does not use Kerberos.
  ...asText('keepalives', 'keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout'),
  gssencmode: ['disable', 'prefer'],
}

function asText(...names: string[]): Record<string, 'text'> {
  return Object.fromEntries(names.map((name) => [name, 'text']))
}

const passedOn = [
  'application_name',
  'fallback_application_name',
  'options',
  'client_encoding',
  'sslnegotiation',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'query_timeout',
]
const standIns = ['host', 'port', 'dbname', 'user', 'password']
const tlsNames = ['sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'uselibpqcompat']

/**
 * Reads the parameters of a PostgreSQL URL.
 * @throws {UrlProblem} a parameter or its value is unknown
 */
export function readParameters(parameters: Map<string, string>): Parameters {
  for (const [name, value] of parameters) {
    const problem = findProblem(name, value)
    // Text after an & may belong to a password, so the message does not quote it.
    if (problem)
      throw new UrlProblem(parameters.has('password') ? 'has a parameter that is not known' : problem)
  }
  const timeout = parameters.get('connect_timeout')
  const channelBinding = parameters.get('channel_binding')
  return {
    config: {
      ...pick(parameters, passedOn),
      ...readTls(parameters),
      ...(channelBinding && { enableChannelBinding: channelBinding !== 'disable' }),
    },
    needsWrites: parameters.get('target_session_attrs') !== 'any',
    connectTimeoutMs: timeout === undefined ? undefined : Number(timeout) * 1000,
    own: new Map([...parameters].filter(([name]) => standIns.includes(name))),
  }
}

function findProblem(name: string, value: string): string | undefined {
  const allowed = known[name]
  if (allowed === undefined) return `has the parameter ${name}, which is not known here; leave it out`
  if (allowed === 'text') return undefined
  if (allowed === 'number') {
    return /^[1-9]\d{0,8}$/.test(value) ? undefined : `has a ${name} that is no whole number above 0`
  }
  return allowed.includes(value) ? undefined : `has a ${name} that is none of ${allowed.join(', ')}`
}

function pick(parameters: Map<string, string>, names: string[]): Record<string, string> {
  return Object.fromEntries([...parameters].filter(([name]) => names.includes(name)))
}

/**
 * Returns TLS options as node-postgres reads them: every `sslmode` except `no-verify` verifies the
 * server. `undefined` leaves it to PGSSLMODE.
 */
function readTls(parameters: Map<string, string>): ClientConfig {
  const ssl = parameters.get('ssl')
  const given = pick(parameters, tlsNames)
  // libpq's word for the system's certificates, which Node uses by default.
  if (given['sslrootcert'] === 'system') delete given['sslrootcert']
  if (Object.keys(given).length > 0) return { ssl: parseTls(given) }
  if (ssl === 'no-verify') return { ssl: { rejectUnauthorized: false } }
  return ssl === undefined ? {} : { ssl: ssl === 'true' || ssl === '1' }
}

function parseTls(given: Record<string, string>): NonNullable<ClientConfig['ssl']> {
  try {
    return parseIntoClientConfig(`postgres://host/name?${new URLSearchParams(given).toString()}`).ssl ?? true
  } catch {
    throw new UrlProblem(
      'asks for TLS with files that are missing; sslrootcert, sslcert and sslkey name files that can be read, ' +
        'and sslmode=verify-ca with uselibpqcompat needs an sslrootcert',
    )
  }
}
