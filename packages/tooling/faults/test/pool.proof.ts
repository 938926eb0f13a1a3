import { connect } from '@pockitflyer/auth'
import { sql } from 'kysely'
import { onTestFinished, test } from 'vitest'
import { count, last, openDatabase, putLoad, record, startApi } from './harness.ts'

const lockedSeconds = count({ short: 5, long: 25 })

test('a pool whose connections all wait for a lock costs no session', async () => {
  const { url, accounts } = await openDatabase()
  const db = connect({ url })
  onTestFinished(() => db.destroy())
  const api = await startApi(url, { DATABASE_POOL_SIZE: '3' })
  const load = putLoad(() => api.url, accounts)
  await load.served(100)
  await db.transaction().execute(async (tx) => {
    await sql`lock table sessions in access exclusive mode`.execute(tx)
    await Promise.all([load.failed(1), last(lockedSeconds)])
  })
  load.faultEnds()
  await load.recovered()
  await record(
    `The pool of 3 connections exhausted for ${lockedSeconds} s by a lock on the sessions`,
    await load.stop(),
    { failures: ['503'] },
  )
})
