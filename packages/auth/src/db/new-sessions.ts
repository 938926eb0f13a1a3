import { type Kysely, sql } from 'kysely'
import { type ClientInfo, eventColumns } from './auth-events.ts'
import type { Database } from './database.ts'
import { addNewDeviceJob } from './new-devices.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'
import { revokeSurplus, selectSurplus, surplusEvents } from './session-revocation.ts'
import { isEmailVerified, type LiveSession, now, seconds, sessionColumns } from './sessions.ts'

/** A session to start once the password was found right. */
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
  /** Whether the statement adds the job that tells the user of a new device. */
  tellsNewDevice: boolean
  /** The service's own time. */
  clock: Date
  client: ClientInfo
}

/**
 * Starts a session, revokes those of the user that it leaves no room for, notes the login on the
 * user and appends the events, in one statement. Concurrent logins may leave a few sessions too
 * many until the next login. Returns `undefined` if the user was deactivated or the password
 * changed since it was checked: the update waits for such a change and sees it.
 */
export async function updateUserAndInsertSessionAndEvents(
  db: Kysely<Database>,
  { client, rehash, tellsNewDevice, ...session }: NewSession,
): Promise<LiveSession | undefined> {
  const passwordHash = rehash ?? session.checkedHash
  const start = tellsNewDevice ? startSessionAndTell : startSession
  const [started] = await start(db, { ...session, ...client, passwordHash })
  return started
}

/** The values of a statement that starts a session. */
export type StartedValues = Omit<NewSession, 'rehash' | 'client' | 'tellsNewDevice'> & {
  passwordHash: string
} & ClientInfo

const startSession = compiledQuery((db, values: Placeholders<StartedValues>) =>
  selectStarted(insertSession(db, values)),
)

/** A service without mail needs no right to add jobs: only this statement names the queue. */
const startSessionAndTell = compiledQuery((db, values: Placeholders<StartedValues>) =>
  selectStarted(insertSession(db, values)).select(addNewDeviceJob.as('jobId')),
)

/** Selects the session that `insertSession` started. */
export function selectStarted(started: ReturnType<typeof insertSession>) {
  return started.selectFrom(['s', 'u']).select(sessionColumns).select(['u.email', isEmailVerified, now])
}

/** Starts a session: the CTEs, of which `u` is the user and `s` the session; none, no row. */
export function insertSession(db: Kysely<Database>, values: Placeholders<StartedValues>) {
  return db
    .with('u', (cte) =>
      cte
        .updateTable('users')
        .set({ last_login_at: sql`now()`, password_hash: values.passwordHash })
        .where('id', '=', values.userId)
        .where('is_active', '=', true)
        .where('password_hash', '=', values.checkedHash)
        .returning(['id', 'email', 'email_verified_at']),
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
    .with('due', () => selectSurplus(values.userId, values.sessionsPerUser))
    .with('surplus', () => revokeSurplus(values.userId))
    .with('event', (cte) =>
      cte
        .insertInto('auth_events')
        .columns(eventColumns)
        .expression((eb) =>
          eb
            .selectFrom('s')
            .select([sql.lit('login').as('kind'), 's.user_id', 's.id', 's.ip', 's.user_agent'])
            .select(sql<string | null>`null::jsonb`.as('detail'))
            .unionAll(surplusEvents),
        ),
    )
}
