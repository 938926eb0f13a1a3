import { testPostgres } from '@pockitflyer/postgres/vitest'
import { connect } from '../../src/db/postgres/connect.ts'
import { migrateToLatest } from '../../src/admin/migrate.ts'

export default testPostgres(async (url) => {
  const db = connect({ url })
  await migrateToLatest(db)
  await db.destroy()
})
