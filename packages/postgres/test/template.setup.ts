import { testPostgres } from '../src/vitest.ts'
import { withClient } from '../src/database.ts'

export default testPostgres((url) => withClient(url, (client) => client.query('CREATE TABLE prepared ()')))
