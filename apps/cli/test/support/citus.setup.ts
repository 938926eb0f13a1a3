import { connect } from '@pockitflyer/auth'
import { distribute, migrateToLatest } from '@pockitflyer/auth/admin'
import { testCitus } from '@pockitflyer/postgres/vitest'

export default testCitus(async (url) => {
  const db = connect({ url })
  await migrateToLatest(db)
  await distribute({ db }, { client: { ip: null, userAgent: null } })
  await db.destroy()
})
