import { readdirSync } from 'node:fs'
import { takeFileLock } from '../../src/stores/file-lock.ts'
import { createFileStore } from '../../src/stores/file.ts'

/**
 * A process that can write no file: it takes a lock and keeps a session, and says what it met and
 * left open.
 */

const [path = ''] = process.argv.slice(2)
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : String(error))
const countOpen = () => readdirSync('/dev/fd').length

const tryLock = async () => takeFileLock(path, 0).then(() => 'taken', codeOf)
let session: unknown = 'written'
const store = createFileStore(path, { onWriteError: (error) => (session = codeOf(error)) })
const keep = async () => store.update(() => ({ access: 'a', refresh: 'r', receivedAtMs: 1 }))

const lock = await tryLock()
await keep()
const before = countOpen()
for (let round = 0; round < 3; round += 1) {
  await tryLock()
  await keep()
}
process.stdout.write(JSON.stringify({ lock, session, opened: countOpen() - before }))
