import { connect as connectAccounts } from '@pockitflyer/auth'
import { migrateToLatest as migrateAccounts } from '@pockitflyer/auth/admin'
import { testPostgres } from '@pockitflyer/postgres/vitest'
import { connect } from '@pockitflyer/flyers/database'
import { migrateToLatest } from '@pockitflyer/flyers/migrate'

/** One database for both services, as in development. */
export default testPostgres(async (url) => {
  const [flyersDb, accountsDb] = [connect({ url }), connectAccounts({ url })]
  await migrateToLatest(flyersDb)
  await migrateAccounts(accountsDb)
  await Promise.all([flyersDb.destroy(), accountsDb.destroy()])
})
