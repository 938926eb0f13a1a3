import { connect } from '@pockitflyer/auth'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { testPostgres } from '@pockitflyer/postgres/vitest'

export default testPostgres(async (url) => {
  const db = connect({ url })
  await migrateToLatest(db)
  await db.destroy()
})
