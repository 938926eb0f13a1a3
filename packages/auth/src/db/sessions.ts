import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { type ClientInfo, eventColumns } from './events.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'
import { surplusDetail, surplusReason, surplusSessions } from './surplus-sessions.ts'

/**
 * A live session of an active user, as the statement that proved it so returned it: what a token
 * pair is minted from. Every time is PostgreSQL's, so that servers whose clocks differ agree.
 */
export interface LiveSession {
  id: string
  userId: number
  email: string
  generation: number
  /** The `iat` of its refresh token. */
  issuedAt: Date
  expiresAt: Date
  endsAt: Date
  now: Date
}

/** A span of time as PostgreSQL's `interval`. */
export const seconds = (count: number | RawBuilder<number>): RawBuilder<Date> =>
  sql`make_interval(secs => ${count})`

/**
 * Whatever a token says stays in the range of PostgreSQL's timestamps: from 1970 to the year 5138.
 */
export function toStorableSeconds(epochSeconds: number): number {
  return Math.max(0, Math.min(epochSeconds, 1e11))
}

/** The columns of a `LiveSession` from `sessions as s`; the email is in `users`. */
export const sessionColumns = [
  's.id',
  's.user_id as userId',
  's.generation',
  sql<Date>`coalesce(s.issued_at, s.rotated_at)`.as('issuedAt'),
  's.expires_at as expiresAt',
  's.ends_at as endsAt',
] as const

/** The time of the statement, as a `LiveSession` carries it. */
export const now = sql<Date>`now()`.as('now')

/** A session to start for a user whose password was found right. */
export interface NewSession {
  id: string
  userId: number
  /**
   * The hash that the password was checked against: when it is no longer the user's, no session
   * starts.
   */
  checkedHash: string
  /** Takes the place of `checkedHash` when that was made with older parameters. */
  rehash: string | undefined
  lifetimeSeconds: number
  maxLifetimeSeconds: number
  /** How many live sessions the user may have, this one among them. */
  sessionsPerUser: number
  /** The service's own time. */
  clock: Date
  client: ClientInfo
}

/**
 * Starts a session, ends those of the user that it leaves no room for, notes the login on the user
 * and appends the events, in one statement. Logins at once may leave a few sessions too many, until
 * the next. `undefined` when the user was deactivated or the password changed since it was checked:
 * the update waits for such a change and sees it.
 */
export async function insertSession(
  db: Kysely<Database>,
  { client, rehash, ...session }: NewSession,
): Promise<LiveSession | undefined> {
  const passwordHash = rehash ?? session.checkedHash
  const [started] = await insertion(db, { ...session, ...client, passwordHash })
  return started
}

const insertion = compiledQuery(
  (db, values: Placeholders<Omit<NewSession, 'rehash' | 'client'> & { passwordHash: string } & ClientInfo>) =>
    db
      .with('u', (cte) =>
        cte
          .updateTable('users')
          .set({ last_login_at: sql`now()`, password_hash: values.passwordHash })
          .where('id', '=', values.userId)
          .where('is_active', '=', true)
          .where('password_hash', '=', values.checkedHash)
          .returning(['id', 'email']),
      )
      .with('s', (cte) =>
        cte
          .insertInto('sessions')
          .columns(['id', 'user_id', 'expires_at', 'ends_at', 'issued_at', 'user_agent', 'ip'])
          .expression((eb) =>
            eb
              .selectFrom('u')
              .select([
                sql<string>`${values.id}::uuid`.as('id'),
                'u.id as user_id',
                sql<Date>`now() + least(${seconds(values.lifetimeSeconds)}, ${seconds(values.maxLifetimeSeconds)})`.as(
                  'expires_at',
                ),
                sql<Date>`now() + ${seconds(values.maxLifetimeSeconds)}`.as('ends_at'),
                sql<Date>`least(now(), ${values.clock}::timestamptz)`.as('issued_at'),
                sql<string | null>`${values.userAgent}::text`.as('user_agent'),
                sql<string | null>`${values.ip}::inet`.as('ip'),
              ]),
          )
          .returningAll(),
      )
      .with('due', () => surplusSessions(values.sessionsPerUser))
      .with('surplus', (cte) =>
        cte
          .updateTable('sessions')
          .set({ revoked_at: sql`now()`, revoked_because: surplusReason })
          .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
          .returning(['id', 'user_id']),
      )
      .with('event', (cte) =>
        cte
          .insertInto('auth_events')
          .columns(eventColumns)
          .expression((eb) =>
            eb
              .selectFrom('s')
              .select([sql.lit('login').as('kind'), 's.user_id', 's.id', 's.ip', 's.user_agent'])
              .select(sql<string | null>`null::jsonb`.as('detail'))
              .unionAll(
                eb
                  .selectFrom(['s', 'surplus'])
                  .select([
                    sql.lit('session_revoked').as('kind'),
                    'surplus.user_id',
                    'surplus.id',
                    's.ip',
                    's.user_agent',
                  ])
                  .select(surplusDetail.as('detail')),
              ),
          ),
      )
      .selectFrom(['s', 'u'])
      .select(sessionColumns)
      .select(['u.email', now]),
)

/** A session whatever its state, with all that decides about it. */
export interface SessionState extends LiveSession {
  isActive: boolean
  isRevoked: boolean
  /** Whether it was not refreshed for too long. */
  hasExpired: boolean
  /** Whether its absolute end has come. */
  hasEnded: boolean
}

/** Finds a session of this user and locks its row until the transaction ends. */
export async function findSessionForUpdate(
  tx: Transaction<Database>,
  { sessionId, userId, leewaySeconds }: { sessionId: string; userId: number; leewaySeconds: number },
): Promise<SessionState | undefined> {
  const latest = sql<Date>`now() - ${seconds(leewaySeconds)}`
  return tx
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .select(sessionColumns)
    .select(['u.email', now, 'u.is_active as isActive'])
    .select(sql<boolean>`s.revoked_at is not null`.as('isRevoked'))
    .select(sql<boolean>`s.expires_at <= ${latest}`.as('hasExpired'))
    .select(sql<boolean>`s.ends_at <= ${latest}`.as('hasEnded'))
    .where('s.id', '=', sessionId)
    .where('s.user_id', '=', userId)
    .forUpdate('s')
    .executeTakeFirst()
}
