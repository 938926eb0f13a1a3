import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { count, createFullService } from './many-users.ts'
import { bareEnvironment, mainFile } from '../support/run-cli.ts'
import type { Service } from '../support/service.ts'

const run = promisify(execFile)

let service: Service
beforeAll(async () => {
  service = await createFullService()
})
afterAll(() => service.close())

test('the table has every user once, by id, over all pages', async () => {
  const { code, stdout, stderr } = await service.run(['users', 'list'])
  expect([code, stderr]).toEqual([0, ''])
  const [header, ...rows] = stdout.trimEnd().split('\n')
  expect(header).toMatch(/^ID +EMAIL +NAME +ACTIVE +CREATED +LAST LOGIN$/)
  expect(rows.map((row) => row.split(/ +/)[1])).toEqual(
    Array.from({ length: count }, (_, i) => `user-${i}@example.com`),
  )
})

test('the columns are aligned, also after wide characters, and times are UTC', async () => {
  const { stdout } = await service.run(['users', 'list'])
  expect(stdout.split('\n').slice(0, 4)).toEqual([
    'ID    EMAIL                 NAME     ACTIVE  CREATED               LAST LOGIN',
    '1     user-0@example.com    Ada      yes     2026-01-02T03:04:05Z  never',
    '2     user-1@example.com    日本 😀  no      2026-01-02T03:04:05Z  2026-02-03T04:05:06Z',
    '3     user-2@example.com    Ada      yes     2026-01-02T03:04:05Z  never',
  ])
})

test('--json prints a document a line, with ISO times in UTC', async () => {
  const { code, stdout, stderr } = await service.run(['users', 'list', '--json'])
  const documents = stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect([code, stderr, documents.length]).toEqual([0, '', count])
  expect(documents[1]).toEqual({
    id: 2,
    email: 'user-1@example.com',
    display_name: '日本 😀',
    bio: '',
    is_active: false,
    created_at: '2026-01-02T03:04:05.678Z',
    last_login_at: '2026-02-03T04:05:06.000Z',
    email_verified_at: null,
  })
})

test('a reader that stops early (users list | head) is no failure', async () => {
  const command = `{ '${process.execPath}' '${mainFile}' users list; echo "code $?" >&2; } | head -n 1`
  const { stdout, stderr } = await run('sh', ['-c', command], { env: bareEnvironment(service.env) })
  expect([stdout.split('\n').length, stderr]).toEqual([2, 'code 0\n'])
})

const listedIds = async (...args: string[]) => {
  const { stdout } = await service.run(['users', 'list', '--json', ...args])
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => Number(/"id":(\d+)/.exec(line)?.[1]))
}

test('a text finds users by part of email or name', async () => {
  expect(await listedIds('USER-12@')).toEqual([13])
  expect((await listedIds('日本')).slice(0, 1)).toEqual([2])
  expect((await service.run(['users', 'list', '%', '--json'])).stdout).toBe('')
})

test('--order and --limit say which come first and how many', async () => {
  expect(await listedIds('--limit', '3')).toEqual([1, 2, 3])
  expect(await listedIds('--order', 'newest', '--limit', '2')).toEqual([count, count - 1])
  expect((await listedIds('--order', 'last-login', '--limit', '1'))[0]).toBeGreaterThan(0)
  const { code, stderr } = await service.run(['users', 'list', '--limit', '0'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('--limit')])
})
