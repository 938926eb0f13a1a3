import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

async function emptyDatabase(): Promise<void> {
  const { schema } = service.db
  await schema.dropSchema('public').cascade().execute()
  await schema.createSchema('public').execute()
}

test('an empty database gets the schema, and a second run does nothing', async () => {
  await emptyDatabase()
  const { code, stdout, stderr } = await service.run(['migrate'])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^applied 2026-11-22-accounts\n/)
  expect(await service.run(['migrate'])).toEqual({
    code: 0,
    stdout: 'The schema is up to date.\n',
    stderr: '',
  })
  expect(await service.run(['users', 'list'])).toMatchObject({ code: 0 })
})

test('--json names what was applied', async () => {
  await emptyDatabase()
  const first = await service.run(['migrate', '--json'])
  expect(JSON.parse(first.stdout)).toHaveProperty(['applied', 0], '2026-11-22-accounts')
  expect(await service.run(['migrate', '--json'])).toEqual({
    code: 0,
    stdout: '{"applied":[]}\n',
    stderr: '',
  })
})

test('on a newer database it changes nothing and says so', async () => {
  await emptyDatabase()
  await service.run(['migrate'])
  const recorded = service.db.$extendTables<{ kysely_migration: { name: string; timestamp: string } }>()
  const newer = { name: '2099-01-01-newer', timestamp: '2099-01-01T00:00:00.000Z' }
  await recorded.insertInto('kysely_migration').values(newer).execute()
  expect(await service.run(['migrate'])).toEqual({
    code: 0,
    stdout:
      'The database is newer than this version, which does not know: 2099-01-01-newer\nThe schema is up to date.\n',
    stderr: '',
  })
  const { stdout } = await service.run(['migrate', '--json'])
  expect(JSON.parse(stdout)).toEqual({ applied: [], newer: ['2099-01-01-newer'] })
  expect(await service.run(['users', 'list'])).toMatchObject({ code: 0 })
})

test('two at once both succeed, and the schema is applied once', async () => {
  await emptyDatabase()
  const runs = await Promise.all([service.run(['migrate']), service.run(['migrate'])])
  expect(runs.map(({ code }) => code)).toEqual([0, 0])
  expect(runs.map(({ stdout }) => stdout).toSorted()).toEqual([
    'The schema is up to date.\n',
    expect.stringContaining('applied 2026-11-22-accounts'),
  ])
})

describe('on an outdated schema', () => {
  beforeAll(emptyDatabase)

  test.each([
    ['list'],
    ['show ada@example.com'],
    ['disable ada@example.com'],
    ['enable ada@example.com'],
    ['add ada@example.com --password-stdin'],
    ['set-password ada@example.com --password-stdin'],
  ])('users %s names the command that updates it', async (command) => {
    expect(await service.run(['users', ...command.split(' '), '--json'], 'a good password')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: The schema is not up to date. Run: pnpm auth migrate\n',
    })
  })
})

test('a failed migration quotes PostgreSQL; a waiting one says what to do', async () => {
  await emptyDatabase()
  await service.db.schema.createTable('profiles').addColumn('in_the_way', 'text').execute()
  expect(await service.run(['migrate'])).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'error: A migration failed; nothing of it was kept. PostgreSQL said: relation "profiles" already exists.\n',
  })
  await emptyDatabase()
  await service.run(['migrate'])
  await service.db
    .$extendTables<{ kysely_migration: { name: string } }>()
    .deleteFrom('kysely_migration')
    .where('name', '>', '2026-11-23')
    .execute()
  await service.db.schema.alterTable('sessions').dropColumn('reused_at').execute()
  await service.db.transaction().execute(async (report) => {
    await report.selectFrom('sessions').select('id').execute()
    const { code, stderr } = await service.run(['migrate'])
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('A long transaction holds a table: try again'),
    ])
  })
})
