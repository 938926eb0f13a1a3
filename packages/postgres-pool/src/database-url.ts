import type { ClientConfig } from 'pg'
import { readParameters } from './parameters.ts'
import { readPort, splitHost, splitUrl, type UrlHost, UrlProblem } from './split-url.ts'

/** The servers of a database and how to connect to one of them. */
export interface DatabaseUrl {
  /** Tried in this order, at least one. */
  hosts: UrlHost[]
  /** The settings of node-postgres except the host. */
  config: ClientConfig
  /** Whether a connection must be to a server that takes writes (`target_session_attrs`). */
  needsWrites: boolean
  /**
   * Longest time that one host may take to accept a connection (`connect_timeout`), in
   * milliseconds; `undefined`: the default.
   */
  connectTimeoutMs: number | undefined
}

const schemes = ['postgres', 'postgresql']

/**
 * Reads a PostgreSQL URL as libpq does, with several hosts:
 * `postgres://user:password@one:5432,two:5432/name`. Unlike libpq, it defaults to
 * `target_session_attrs=read-write` and requires the name of the database.
 * @throws {UrlProblem} it cannot be used
 */
export function parseDatabaseUrl(text: string): DatabaseUrl {
  const { user, password, hosts, path, parameters } = splitUrl(text, schemes)
  const { own, ...read } = readParameters(parameters)
  const database = own.get('dbname') ?? path
  if (database === '') throw new UrlProblem('names no database; it ends in /name, for example /pockitflyer')
  return {
    ...read,
    hosts: own.has('host') || own.has('port') ? listHosts(hosts, own) : hosts,
    config: {
      ...read.config,
      database,
      ...withoutUndefined({ user: own.get('user') ?? user, password: own.get('password') ?? password }),
    },
  }
}

/**
 * Returns what is wrong with the URL of a database, and its fix; `undefined`: nothing. The text
 * follows the name of the setting.
 */
export function findDatabaseUrlProblem(text: string): string | undefined {
  try {
    parseDatabaseUrl(text)
    return undefined
  } catch (error) {
    if (error instanceof UrlProblem) return error.message
    throw error
  }
}

/**
 * Returns the `host:port` parts of a PostgreSQL URL, without user and password: fit to be shown.
 */
export function databaseAddress(text: string): string {
  return parseDatabaseUrl(text).hosts.map(showHost).join(', ')
}

/** Returns the `host:port` of a server, fit to be shown. */
export function showHost({ host = 'localhost', port = 5432 }: UrlHost): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

/**
 * The parameters `host` and `port` override the hosts before the path. One port counts for all
 * hosts.
 */
function listHosts(hosts: UrlHost[], own: Map<string, string>): UrlHost[] {
  const listed = own.get('host')?.split(',').map(readHost) ?? hosts
  const ports = own.get('port')?.split(',').map(readPort)
  if (ports === undefined) return listed
  if (ports.length !== 1 && ports.length !== listed.length) {
    throw new UrlProblem('has another number of ports than of hosts; give one port or one for each host')
  }
  return listed.map(({ host }, index) => ({ host, port: ports.length === 1 ? ports[0] : ports[index] }))
}

/** In a parameter, a host has no port, and an IPv6 address no brackets. */
function readHost(text: string): UrlHost {
  return splitHost(/:/.test(text) ? `[${text}]` : text)
}

function withoutUndefined<Value>(fields: Record<string, Value | undefined>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
