import { connect, migrateToLatest } from '@pockitflyer/auth'
import { testPostgres } from '@pockitflyer/postgres/vitest'

export default testPostgres(async (url) => {
  const db = connect({ url })
  await migrateToLatest(db)
  await db.destroy()
})
