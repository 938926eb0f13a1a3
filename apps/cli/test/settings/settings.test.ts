import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

const list = (env: Record<string, string>) => runCli(['users', 'list', '--json'], { env })

test('an absent database is reported with its reason, without the password', async () => {
  expect(await list({ DATABASE_URL: 'postgres://ada:sesame@127.0.0.1:1/accounts' })).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: The database cannot be reached at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1\n',
  })
})

test('a host with several addresses is told with a reason, too', async () => {
  const { code, stderr } = await list({ DATABASE_URL: 'postgres://ada:sesame@localhost:1/accounts' })
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^error: .* at localhost:1: connect ECONNREFUSED /),
  ])
  expect(stderr).not.toContain('sesame')
})

test('a server that accepts and never answers is given up within seconds', async () => {
  const silent = createServer((socket) => void socket.on('error', () => {}))
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const { code, stderr } = await list({ DATABASE_URL: `postgres://ada:sesame@127.0.0.1:${port}/accounts` })
  silent.close()
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^error: The database cannot be reached at 127\.0\.0\.1:\d+: .*timeout/),
  ])
})

test('a database that the server does not have is told', async () => {
  const url = new URL(service.env.DATABASE_URL)
  url.pathname = '/no_such_database'
  expect(await list({ DATABASE_URL: url.href })).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: The database cannot be reached at ${url.host}: database "no_such_database" does not exist\n`,
  })
})

test('production never uses the development database, and says the fix', async () => {
  for (const env of [{}, { DATABASE_URL: '' }]) {
    const { code, stdout, stderr } = await list({ NODE_ENV: 'production', ...env })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('  DATABASE_URL is missing; for example postgres://')
  }
})

test('all unusable settings are reported at once, without repeating a URL', async () => {
  for (const url of ['mysql://ada:sesame@localhost/accounts', 'postgres://ada:se#same@localhost/accounts']) {
    const { code, stderr } = await list({ DATABASE_URL: url, ARGON2_TIME_COST: '0', HASH_QUEUE: 'x' })
    expect(code).toBe(1)
    for (const name of ['DATABASE_URL', 'ARGON2_TIME_COST', 'HASH_QUEUE'])
      expect(stderr).toContain(`  ${name} `)
    expect(stderr).not.toMatch(/sesame|se#same/)
  }
  const port = await list({ DATABASE_URL: 'postgres://ada:sesame@localhost:70000/accounts' })
  expect(port.stderr).toContain('DATABASE_URL has a port that is no number from 1 to 65535')
  expect(port.stderr).not.toContain('sesame')
})

test('the argon2 settings make the hash', async () => {
  const env = { ...service.env, ARGON2_TIME_COST: '3', NODE_ENV: 'production' }
  const args = ['users', 'add', 'ada@example.com', '--password-stdin']
  expect(await runCli(args, { env, stdin: 'correct horse' })).toMatchObject({ code: 0, stderr: '' })
  const { password_hash } = await service.db
    .selectFrom('users')
    .select('password_hash')
    .where('email', '=', 'ada@example.com')
    .executeTakeFirstOrThrow()
  expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=3,p=1\$/)
})
