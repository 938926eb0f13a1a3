import { testCitus } from '@pockitflyer/postgres/vitest'
import { distribute } from '../../src/admin/distribute.ts'
import { migrateToLatest } from '../../src/admin/migrate.ts'
import { connect } from '../../src/db/postgres/connect.ts'

export default testCitus(async (url) => {
  const db = connect({ url })
  await migrateToLatest(db)
  await distribute({ db }, { client: { ip: null, userAgent: null } })
  await db.destroy()
})
