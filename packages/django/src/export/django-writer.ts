import type { ExportedUser, ImportedUser, UserHere, WriteToDjango } from '@pockitflyer/auth/admin'
import { errorCode } from '@pockitflyer/postgres-pool'
import { sql, type Transaction } from 'kysely'
import { exportSetting } from '../follow/install-feed.ts'
import type { SourceDatabase } from '../source/connect-source.ts'
import { readUsers } from '../source/read-users.ts'
import type { SourceSchema } from '../source/schema.ts'
import { onSource } from '../source/source-failure.ts'
import { moveIdsPast } from '../source/user-ids.ts'
import { deleteUsers } from './delete-users.ts'
import { withProbeUser } from './probe-user.ts'
import { withSavepoint } from './savepoint.ts'
import { assertWritable, freeEmails, upsertUsers } from './upsert-users.ts'

/** What writes to Django's tables. Each function throws a `SourceError` if PostgreSQL is away. */
export interface DjangoWriter {
  /** @throws {SourceError} a table needs values that this service does not have */
  assertWritable: () => void
  write: WriteToDjango
  /** Runs work while Django has a user with this hash. */
  withProbeUser: <Result>(passwordHash: string, run: () => Promise<Result>) => Promise<Result>
  /** Makes new users of Django draw ids above this one. */
  moveIdsPast: (id: number) => Promise<void>
}

/** Creates the access to the tables of a Django database that an export writes. */
export function createWriter(db: SourceDatabase, schema: SourceSchema, url: string): DjangoWriter {
  return {
    assertWritable: () => assertWritable(schema),
    write: ({ users, gone }) =>
      onSource(url, () => db.transaction().execute((tx) => writeBatch(tx, schema, { users, gone }))),
    withProbeUser: (passwordHash, run) =>
      onSource(url, () => withProbeUser(db, schema, { passwordHash, run })),
    moveIdsPast: (id) => onSource(url, () => moveIdsPast(db, schema, id)),
  }
}

async function writeBatch(
  tx: Transaction<unknown>,
  schema: SourceSchema,
  { users, gone }: { users: readonly UserHere[]; gone: readonly number[] },
): Promise<ExportedUser[]> {
  await sql`select set_config(${exportSetting}, 'on', true)`.execute(tx)
  // Of a process that was killed, the last transaction may be about to commit.
  await sql`select pg_advisory_xact_lock(hashtext('pockitflyer export'))`.execute(tx)
  await sql`set constraints all immediate`.execute(tx)
  const problems = new Map([
    ...(await deleteUsers(tx, schema, gone)),
    ...(await findTakenIds(tx, schema, users)),
  ])
  const taken = new Set(problems.keys())
  const free = users.filter(({ id }) => !taken.has(id))
  for (const [id, problem] of await writeUsers(tx, schema, free)) problems.set(id, problem)
  const ids = [...users.map(({ id }) => id), ...gone]
  await moveIdsPast(tx, schema, Math.max(0, ...ids))
  const there = await readThere(tx, schema, ids)
  const isOthers = (id: number) => taken.has(id) && !gone.includes(id)
  return ids.map((id) => ({
    id,
    there: isOthers(id) ? null : (there.get(id) ?? null),
    problem: problems.get(id) ?? null,
  }))
}

async function readThere(
  tx: Transaction<unknown>,
  schema: SourceSchema,
  ids: readonly number[],
): Promise<Map<number, ImportedUser>> {
  const users = await readUsers(tx, schema, { ids })
  return new Map(users.map((user) => [user.id, user]))
}

/** Finds new users whose id Django gave to another user meanwhile. */
async function findTakenIds(
  tx: Transaction<unknown>,
  schema: SourceSchema,
  users: readonly UserHere[],
): Promise<[number, string][]> {
  const fresh = users.filter(({ isKnown }) => !isKnown)
  if (fresh.length === 0) return []
  const there = await readThere(
    tx,
    schema,
    fresh.map(({ id }) => id),
  )
  return fresh.flatMap(({ id, email, joinedAt }): [number, string][] => {
    const user = there.get(id)
    const isSame = user?.email === email && (user.joinedAt ?? joinedAt) === joinedAt
    return user === undefined || isSame ? [] : [[id, 'Django has another user with this id']]
  })
}

/** Writes all users at once, or, if Django cannot have one of them, one by one. */
async function writeUsers(
  tx: Transaction<unknown>,
  schema: SourceSchema,
  users: readonly UserHere[],
): Promise<[number, string][]> {
  await freeEmails(tx, schema, users)
  if ((await tryWrite(tx, schema, users)) === undefined) return []
  const problems: [number, string][] = []
  for (const user of users) {
    const problem = await tryWrite(tx, schema, [user])
    if (problem !== undefined) problems.push([user.id, problem])
  }
  return problems
}

/** Returns why Django cannot have the users as they are here; `undefined`: it has them. */
async function tryWrite(
  tx: Transaction<unknown>,
  schema: SourceSchema,
  users: readonly UserHere[],
): Promise<string | undefined> {
  return withSavepoint(
    tx,
    async () => {
      await upsertUsers(tx, schema, users)
      return undefined
    },
    (error) => (error instanceof Error && /^2[23]/.test(errorCode(error) ?? '') ? error.message : undefined),
  )
}
