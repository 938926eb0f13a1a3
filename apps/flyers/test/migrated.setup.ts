import * as accounts from '@pockitflyer/auth'
import { testPostgres } from '@pockitflyer/postgres/vitest'
import { connect } from '../src/db/database.ts'
import { migrateToLatest } from '../src/db/migrate.ts'

/** One database for both services, as in development. */
export default testPostgres(async (url) => {
  const [flyersDb, accountsDb] = [connect({ url }), accounts.connect({ url })]
  await migrateToLatest(flyersDb)
  await accounts.migrateToLatest(accountsDb)
  await Promise.all([flyersDb.destroy(), accountsDb.destroy()])
})
