import { createAuthClient } from '../../src/index.ts'
import { createFileStore } from '../../src/stores/file.ts'

/**
 * A process that shares a file store: it refreshes the access token again and again, and says who
 * it is at the end.
 */

const [url = '', path = '', rounds = '0'] = process.argv.slice(2)
const client = createAuthClient({
  url,
  store: createFileStore(path),
  onLoggedOut: () => process.stdout.write('logged out\n'),
})
for (let round = 0; round < Number(rounds); round += 1) {
  await client.getAccessToken({ refused: await client.getAccessToken() })
}
process.stdout.write(`${(await client.auth.me.query()).id}\n`)
