import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { password, startAccounts } from './support/accounts.ts'

const exec = promisify(execFile)

test('a shell with curl logs in, refreshes and logs out', async () => {
  const { origin, email } = await startAccounts()
  const script = join(import.meta.dirname, '../apps/curl/login.sh')
  const { stdout } = await exec('sh', [script, origin, email, password])
  const answers: unknown = JSON.parse(`[${stdout.split('\n').join(',')}]`)
  expect(answers).toMatchObject([{ email }, [{ is_current: true }], {}])
})
