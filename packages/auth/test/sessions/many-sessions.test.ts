import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import { createService, logIn, openDatabase } from '../support/harness.ts'

const { db, url } = await openDatabase()
/** The API's own limit for a statement. */
const limited = connect({ url, queryTimeoutMs: 5000 })
afterAll(() => limited.destroy())
const service = await createService(limited, { SESSIONS_PER_USER: '10000' })

/** PostgreSQL believes that each user has one session: a plan for few must end many too. */
test('ten thousand sessions end in time when statistics know of one', async () => {
  const { id, access } = await logIn(service)
  await sql`
    insert into users (email, password_hash) select n || '@example.com', '!' from generate_series(1, 2000) n`.execute(
    db,
  )
  const insert = (from: string) =>
    sql`
      insert into sessions (id, user_id, expires_at, ends_at)
      select gen_random_uuid(), owner, now() + interval '1 day', now() + interval '9 days' from ${sql.raw(from)}`.execute(
      db,
    )
  await insert('(select id as owner from users) u')
  await sql`analyze sessions`.execute(db)
  await insert(`(select ${id} as owner from generate_series(1, 9999)) u`)
  const { status } = await service.rest('POST', '/api/users/sessions/end-others/', { token: access })
  expect(status).toBe(200)
  const { rows } = await sql`select 1 from sessions where user_id = ${id} and revoked_at is null`.execute(db)
  expect(rows).toHaveLength(1)
})
