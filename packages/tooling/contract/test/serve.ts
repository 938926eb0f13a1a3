import { startTestApi } from '@pockitflyer/testing'
import { connect } from '@pockitflyer/auth'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { startTestServer } from '@pockitflyer/postgres/testing'
import { addContractUsers } from './users.ts'

/**
 * Serves the API with the users of the contract on a database in memory, until Ctrl-C: `node
 * packages/tooling/contract/test/serve.ts`.
 */
const postgres = await startTestServer({
  async prepare(url) {
    const db = connect({ url })
    await migrateToLatest(db)
    await db.destroy()
  },
})
const database = await postgres.createDatabase()
await addContractUsers(database.url)
const { PORT = '8898', SECRET_KEY } = process.env
const api = await startTestApi(database.url, { PORT, ...(SECRET_KEY === undefined ? {} : { SECRET_KEY }) })
process.stdout.write(`${api.url}\n`)

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  await api.stop()
  await postgres.stop()
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
