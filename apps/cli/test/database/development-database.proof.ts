import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect as dial } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect } from '@pockitflyer/auth'
import { findUser } from '@pockitflyer/auth/admin'
import { startPostgres } from '@pockitflyer/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operator } from '../../src/cli.ts'
import { runProcess } from '../support/run-cli.ts'

const elsewhere = fileURLToPath(new URL('elsewhere.ts', import.meta.url))

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'auth-cli-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const run = (args: string[], stdin = '') => runProcess([elsewhere, dataDir, ...args], { stdin })

const remark = /^DATABASE_URL is not set: using the development database in .+\n$/

test('without DATABASE_URL the command starts a server and stops it after', async () => {
  const { code, stdout, stderr } = await run(['migrate', '--json'])
  expect([code, stderr]).toEqual([0, expect.stringMatching(remark)])
  expect(JSON.parse(stdout)).toHaveProperty(['applied', 0], '2026-11-22-accounts')
  await expect(answers(Number(await readFile(join(dataDir, 'port'), 'utf8')))).resolves.toBe(false)
})

test('a server that runs already is used and goes on running', async () => {
  const postgres = await startPostgres({ dataDir, database: 'pockitflyer' })
  const db = connect({ url: postgres.url })
  try {
    await run(['migrate'])
    const args = ['users', 'add', 'ada@example.com', '--password-stdin']
    const { code, stderr } = await run(args, 'correct horse')
    expect([code, stderr]).toEqual([0, expect.stringMatching(remark)])
    expect(await findUser({ db }, operator, { email: 'ada@example.com' })).toMatchObject({
      email: 'ada@example.com',
    })
    expect(await answers(postgres.port)).toBe(true)
  } finally {
    await db.destroy()
    await postgres.stop()
  }
})

async function answers(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = dial(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}
