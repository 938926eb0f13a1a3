import { expect, test, vi } from 'vitest'
import type { Template } from '../src/testing.ts'
import { createTestDatabase, testPostgres } from '../src/vitest.ts'
import { query } from './scratch.ts'

const tables = `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`

test('a test file gets its own prepared database', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()])
  await query(one.url, 'CREATE TABLE mine ()')
  expect(await query(one.url, tables)).toEqual([{ relname: 'prepared' }, { relname: 'mine' }])
  expect(await query(two.url, tables)).toEqual([{ relname: 'prepared' }])
  await Promise.all([one.drop(), two.drop()])
})

test('the setup provides the template and drops what it made', async () => {
  const { url: serverUrl, drop } = await createTestDatabase()
  vi.stubEnv('TEST_DATABASE_URL', serverUrl)
  const provided: Template[] = []
  const provide = (_key: 'postgresTemplate', template: Template) => void provided.push(template)
  const teardown = await testPostgres()({ provide })
  vi.unstubAllEnvs()
  expect(provided).toMatchObject([{ serverUrl }])
  const sql = `SELECT FROM pg_database WHERE datname = '${provided[0]?.name}'`
  expect(await query(serverUrl, sql)).toHaveLength(1)
  await teardown()
  expect(await query(serverUrl, sql)).toHaveLength(0)
  await drop()
})
