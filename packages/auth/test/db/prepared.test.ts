import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import { createService, openDatabase, logIn } from '../support/harness.ts'

const { url } = await openDatabase()

test('a connection parses a statement once, however often it runs', async () => {
  const db = connect({ url, poolSize: 1 })
  const service = await createService(db)
  const { access, refresh } = await logIn(service)
  const next = (await service.refresh(refresh)).body.refresh
  await service.refresh(next)
  for (let count = 0; count < 3; count += 1) expect((await service.me(access)).status).toBe(200)

  const { rows } = await sql<{ statement: string; runs: number }>`
    select statement, (generic_plans + custom_plans)::int as runs from pg_prepared_statements`.execute(db)
  await db.destroy()
  const runsOf = (beginning: string) => rows.filter(({ statement }) => statement.startsWith(beginning))
  expect(runsOf('with "due"').map(({ runs }) => runs)).toEqual([2])
  expect(runsOf('select "u"."id", "u"."email", "u"."is_active"').map(({ runs }) => runs)).toEqual([3])
})
