import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'

/** How often a lock is asked for: for a minute or two. */
const tries = 200

const pauseSeconds = 0.25

/**
 * Runs statements that need the whole table for a moment, in a transaction. While it waits for the
 * lock, every statement on the table queues behind it: so it gives up after a tenth of a second and
 * comes again. One time in ten it waits for more than PostgreSQL's `deadlock_timeout`, one second:
 * only then does an autovacuum give way.
 * @throws what PostgreSQL said the last time
 */
export async function withShortLock<Tables>(
  db: Kysely<Tables>,
  run: (tx: Transaction<Tables>) => Promise<void>,
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    const timeoutMs = tried % 10 === 0 ? 1200 : 100
    try {
      await db.transaction().execute(async (tx) => {
        await sql`set local lock_timeout = ${sql.lit(timeoutMs)}`.execute(tx)
        await run(tx)
      })
      return
    } catch (error) {
      if (tried === tries || !isLockTimeout(error)) throw error
      await sql`select pg_sleep(${sql.lit(pauseSeconds)})`.execute(db)
    }
  }
}

const isLockTimeout = (error: unknown) => error instanceof Error && 'code' in error && error.code === '55P03'

/**
 * Creates an index without holding anybody up, unless it is there. PostgreSQL waits for open
 * transactions, for as long as they take. An index that an earlier run was killed over is there and
 * not valid: it is made anew.
 */
export async function createIndexConcurrently(
  db: Kysely<unknown>,
  { name, on, isUnique = false }: { name: string; on: string; isUnique?: boolean },
): Promise<void> {
  await sql`set lock_timeout = 0`.execute(db)
  const { rows } = await sql<{ isValid: boolean }>`
    select indisvalid as "isValid" from pg_index where indexrelid = to_regclass(${name})`.execute(db)
  if (rows[0]?.isValid) return
  await sql`drop index concurrently if exists ${sql.id(name)}`.execute(db)
  await sql`
    create ${isUnique ? sql`unique` : sql``} index concurrently ${sql.id(name)} on ${sql.raw(on)}`.execute(db)
}

/** Returns whether a question to the catalog has an answer. */
export async function exists<Tables>(db: Kysely<Tables>, query: RawBuilder<unknown>): Promise<boolean> {
  const { rows } = await sql<{ exists: boolean }>`select exists (${query}) as exists`.execute(db)
  return rows[0]?.exists ?? false
}

/** Lets the roles that may use one table, or sequence, use another in the same way. */
export async function copyGrants(
  db: Kysely<unknown>,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const { rows } = await sql<{ grant: string }>`
    select format('grant %s on %s to %s', acl.privilege_type, ${to}::text,
      case acl.grantee when 0 then 'public' else acl.grantee::regrole::text end) as grant
    from pg_class as c, aclexplode(c.relacl) as acl
    where c.oid = to_regclass(${from}) and acl.grantee <> c.relowner
      and acl.privilege_type in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`.execute(db)
  for (const { grant } of rows) await sql.raw(grant).execute(db)
}
