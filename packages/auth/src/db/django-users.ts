import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import type { ImportedUser } from './imported-users.ts'

/** Which users to read: those of some ids, or those after an id, in the order of ids. */
export type UsersHere = { ids: readonly number[] } | { afterId: number; limit: number }

/** Reads users as they are here, in the shape of the import, in the order of their ids. */
export async function listUsersHere(
  db: Kysely<Database>,
  which: UsersHere,
  { everyone }: { everyone: boolean },
): Promise<(ImportedUser & { isKnown: boolean })[]> {
  const all = db
    .selectFrom('users as u')
    .leftJoin('django_users as d', 'd.user_id', 'u.id')
    .leftJoin('profiles as p', 'p.user_id', 'u.id')
    .select(['u.id', 'u.email', 'u.password_hash as passwordHash', 'u.is_active as isActive', 'u.roles'])
    .select([iso('u.created_at').as('joinedAt'), iso('u.last_login_at').as('lastLoginAt')])
    .select(sql<boolean>`u.email_verified_at is not null`.as('isEmailVerified'))
    .select(sql<string>`coalesce(p.display_name, 'Anonymous User')`.as('displayName'))
    .select(sql<string>`coalesce(p.bio, '')`.as('bio'))
    .select(sql<boolean>`coalesce(d.digest, '') <> ''`.as('isKnown'))
    .orderBy('u.id')
  const chosen =
    'ids' in which
      ? all.where(sql<boolean>`u.id = any(${which.ids}::bigint[])`)
      : all.where('u.id', '>', which.afterId).limit(which.limit)
  return (everyone ? chosen : chosen.where('d.user_id', 'is not', null)).execute()
}

const iso = (column: string) =>
  sql<string | null>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** What Django has of a user after an export. */
export interface DjangoUser {
  userId: number
  digest: string
  problem: string | null
}

/** Records what Django has of some users. */
export async function upsertDjangoUsers(
  tx: Transaction<Database>,
  users: readonly DjangoUser[],
): Promise<void> {
  await sql`
    insert into django_users (user_id, digest, problem)
    select "userId", digest, problem
    from json_to_recordset(${JSON.stringify(users)}::json) as given ("userId" bigint, digest text, problem text)
    on conflict (user_id) do update set digest = excluded.digest, problem = excluded.problem`.execute(tx)
}

/** Forgets that Django had some users. */
export async function deleteDjangoUsers(tx: Transaction<Database>, ids: readonly number[]): Promise<void> {
  await sql`delete from django_users where user_id = any(${ids}::bigint[])`.execute(tx)
}

/** Finds those of some users whom Django has and who are gone here. */
export async function findGoneHere(tx: Transaction<Database>, ids: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select user_id as id from django_users as d where user_id = any(${ids}::bigint[])
    and not exists (select from users as u where u.id = d.user_id) order by 1`.execute(tx)
  return rows.map(({ id }) => id)
}

/** A user whom Django does not have as this service does. */
export interface ExportProblem {
  userId: number
  problem: string
  /** The user is gone here: Django keeps an inactive one. */
  isGone: boolean
}

/** Lists the users whom Django does not have as this service does, in the order of their ids. */
export async function listExportProblems(
  db: Kysely<Database>,
  { limit }: { limit: number },
): Promise<ExportProblem[]> {
  return db
    .selectFrom('django_users as d')
    .leftJoin('users as u', 'u.id', 'd.user_id')
    .select('d.user_id as userId')
    .select(sql<string>`d.problem`.as('problem'))
    .select(sql<boolean>`u.id is null`.as('isGone'))
    .where('d.problem', 'is not', null)
    .orderBy('d.user_id')
    .limit(limit)
    .execute()
}

/** Finds users who are here and could not be exported: what was in their way may be gone. */
export async function findUnexported(tx: Transaction<Database>, limit: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('django_users as d')
    .innerJoin('users as u', 'u.id', 'd.user_id')
    .select('u.id')
    .where('d.problem', 'is not', null)
    .orderBy('u.id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Returns the highest id that was given out here, also to a user who is gone. */
export async function getHighestUserId(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select greatest((select max(id) from users),
      pg_sequence_last_value(pg_get_serial_sequence('users', 'id')::regclass), 0) as id`.execute(db)
  return rows[0]?.id ?? 0
}
