import { testPostgres } from '../src/vitest.ts'
import { withClient } from '../src/server/database.ts'

export default testPostgres((url) => withClient(url, (client) => client.query('CREATE TABLE prepared ()')))
