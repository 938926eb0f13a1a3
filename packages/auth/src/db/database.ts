import {
  type ColumnType,
  type Generated,
  type GeneratedAlways,
  Kysely,
  type LogEvent,
  PostgresDialect,
} from 'kysely'
import pg from 'pg'
import { preparing } from './prepared.ts'

interface UsersTable {
  id: GeneratedAlways<number>
  email: string
  password_hash: string
  is_active: Generated<boolean>
  created_at: Generated<Date>
  last_login_at: Date | null
  password_changed_at: Generated<Date>
  /** When all of the user's sessions were ended last: what the Django service minted before counts no more. */
  sessions_ended_at: Date | null
}

interface ProfilesTable {
  user_id: number
  display_name: Generated<string>
  bio: Generated<string>
}

/** Why a session ended before its time. */
export type RevocationReason = 'logout' | 'reuse' | 'password_changed' | 'deactivated' | 'operator' | 'user'

interface SessionsTable {
  id: string
  user_id: number
  generation: Generated<number>
  rotated_at: Generated<Date>
  created_at: Generated<Date>
  last_used_at: Generated<Date>
  expires_at: Date
  ends_at: Date
  revoked_at: Date | null
  revoked_because: RevocationReason | null
  user_agent: string | null
  ip: string | null
  adopted_jti: string | null
  /** When an old refresh token of the session was presented last. */
  reused_at: Date | null
}

/** What the audit records. */
export type EventKind =
  | 'login'
  | 'login_failed'
  | 'logout'
  | 'refresh_reused'
  | 'session_revoked'
  | 'user_added'
  | 'user_activated'
  | 'user_deactivated'
  | 'password_changed'
  | 'profile_changed'

interface AuthEventsTable {
  id: GeneratedAlways<number>
  at: Generated<Date>
  kind: EventKind
  user_id: number | null
  session_id: string | null
  ip: string | null
  user_agent: string | null
  detail: ColumnType<unknown, string | null, never>
}

/** The tables of the account service, as Kysely types. */
export interface Database {
  users: UsersTable
  profiles: ProfilesTable
  sessions: SessionsTable
  auth_events: AuthEventsTable
}

/** Where PostgreSQL is and how many connections may be open at once. */
export interface ConnectOptions {
  url: string
  /** Default 10. */
  poolSize?: number
  /** Hears of idle connections that break (a restart of PostgreSQL); the pool replaces them by itself. Default: ignored. */
  onIdleError?: (error: Error) => void
  /** A statement that takes longer is an error; when the server is silent too, half a second later. Default: none, as a migration needs it. */
  queryTimeoutMs?: number
  /** Whether statements are prepared: parsed and planned once a connection. Not behind a pooler that hands out connections by transaction. Default: true. */
  prepares?: boolean
  /** Hears of each statement that was answered. Default: nobody does. */
  onStatement?: (statement: Statement) => void
  /** Is handed the pool, to watch its counts. */
  onPool?: (pool: PoolCounts) => void
}

/** A statement that PostgreSQL answered, as it was sent: its values stand apart, and none of them is here. */
export interface Statement {
  sql: string
  durationMs: number
  /** What PostgreSQL said by SQLSTATE, or the code of a lost connection; `undefined`: all went well. */
  errorCode: string | undefined
}

/** How many connections there are, how many of them do nothing, and how many statements wait for one. */
export interface PoolCounts {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
}

/**
 * Opens a pool to PostgreSQL 15 or later. Nothing is sent before the first query; `db.destroy()` closes it.
 * A connection that cannot be had within 5 seconds is an error. `bigint` arrives as a JavaScript number.
 */
export function connect({
  url,
  poolSize = 10,
  onIdleError = () => {},
  queryTimeoutMs = 0,
  prepares = true,
  onStatement,
  onPool,
}: ConnectOptions): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    statement_timeout: queryTimeoutMs,
    query_timeout: queryTimeoutMs === 0 ? 0 : queryTimeoutMs + silenceMs,
    application_name: 'pockitflyer-auth',
    types,
  })
  pool.on('error', onIdleError)
  pool.on('connect', surviveErrors)
  pool.on('release', (_, client) => dropUnanswered(client))
  onPool?.(pool)
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool: prepares ? preparing(pool) : pool }),
    ...(onStatement && { log: (event) => onStatement(toStatement(event)) }),
  })
}

function toStatement(event: LogEvent): Statement {
  return {
    sql: event.query.sql,
    durationMs: event.queryDurationMillis,
    errorCode: event.level === 'error' ? codeOf(event.error) : undefined,
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}

/** How much later than the server we give a statement up, in milliseconds: then the server is not busy, but silent. */
const silenceMs = 500

/** A connection that breaks while it is used fails its statement; that it also emits an error would end the process. */
function surviveErrors(client: pg.PoolClient): void {
  client.on('error', () => {})
}

/** A connection whose last statement nobody answered may be dead without either end knowing: nobody shall have it next. */
function dropUnanswered(client: pg.PoolClient): void {
  if ('readyForQuery' in client && client.readyForQuery === false) void client.end()
}

const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, parseInt8)

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`)
  return value
}
