import { type Kysely, sql } from 'kysely'
import { foldEmail } from '../../emails/fold-email.ts'
import type { Report } from './stepwise.ts'

export const isStepwise = true

/**
 * Gives every user who is there a row in `emails`. A user whose spelling is the folded email has
 * it; of others that fold alike, the one added first. The rest are listed in `email_collisions`,
 * and are found by their exact spelling.
 */
export async function up(db: Kysely<unknown>, report: Report = () => {}): Promise<void> {
  await createUnfoldedIndex(db)
  await fill(db, { onlyFolded: true, report: (count) => report(`emails: ${count} users, first pass`) })
  await fill(db, { onlyFolded: false, report: (count) => report(`emails: ${count} users, second pass`) })
}

/**
 * Finds the users whom the version before adds. PostgreSQL waits for transactions that are open,
 * without holding anybody up; an index that it was killed over is there and not valid.
 */
async function createUnfoldedIndex(db: Kysely<unknown>): Promise<void> {
  await sql`set lock_timeout = 0`.execute(db)
  const { rows } = await sql<{ isValid: boolean }>`
    select indisvalid as "isValid" from pg_index where indexrelid = to_regclass('users_unfolded_idx')`.execute(
    db,
  )
  if (rows[0]?.isValid) return
  await sql`drop index concurrently if exists users_unfolded_idx`.execute(db)
  await sql`create index concurrently users_unfolded_idx on users (id) where not email_is_folded`.execute(db)
}

interface User {
  id: number
  email: string
}

const batchSize = 1000

interface Pass {
  /** Whether users are passed over whose spelling is not the folded one. */
  onlyFolded: boolean
  report: (count: number) => void
}

/**
 * Goes through the users without a row in the order of their ids; each batch is kept as it is done.
 */
async function fill(db: Kysely<unknown>, { onlyFolded, report }: Pass): Promise<void> {
  let afterId = 0
  for (let count = 0; ; ) {
    const { rows } = await sql<User>`
      select id, email from users as u
      where id > ${afterId} and email_is_folded and not (${onlyFolded} and email collate "C" ~ '[A-Z]')
        and not exists (select from emails as e where e.user_id = u.id)
      order by id limit ${batchSize}`.execute(db)
    const last = rows.at(-1)
    if (last === undefined) return
    const users = rows.map((user) => ({ ...user, key: foldEmail(user.email) }))
    await insert(db, onlyFolded ? users.filter(({ email, key }) => email === key) : users)
    afterId = last.id
    count += rows.length
    report(count)
  }
}

async function insert(db: Kysely<unknown>, users: (User & { key: string })[]): Promise<void> {
  await sql`
    with present as (
      select u.id, u.email, given.key
      from unnest(${users.map(({ id }) => id)}::bigint[], ${users.map(({ key }) => key)}::text[]) as given (id, key)
      join users as u on u.id = given.id
      order by u.id
      for key share of u
    ), owners as (
      insert into emails (email, user_id) select key, id from present on conflict do nothing returning user_id
    ), others as (
      select * from present where id not in (select user_id from owners)
    ), listed as (
      insert into email_collisions (user_id, email) select id, key from others on conflict do nothing
    )
    insert into emails (email, user_id) select email, id from others where email <> key on conflict do nothing`.execute(
    db,
  )
}
