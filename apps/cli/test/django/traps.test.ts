import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDjango, type DjangoDatabase } from '@pockitflyer/django/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

const names = {
  users: { table: 'Konten & Co.User', email: 'E-Mail', is_active: 'is "active"', date_joined: 'joined at' },
  profile: { table: 'select', user: 'user', display_name: 'Display Name' },
  time_zone: 'Europe/Berlin',
}

let django: DjangoDatabase
let service: Service
let folder: string
beforeAll(async () => {
  django = await createDjango('traps')
  service = await createService()
  folder = await mkdtemp(join(tmpdir(), 'traps-'))
  await writeFile(join(folder, 'django.json'), JSON.stringify(names))
  await service.addUser('stranger@example.com')
  await service.addUser('Row-40@Example.com')
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await django.close()
  await service.close()
})

const run = (...args: string[]) =>
  service.run(['django', ...args, '--source', django.url, '--mapping', join(folder, 'django.json')])

test('a dry run tells of every trap in a database', async () => {
  const { code, stdout, stderr } = await run('import', '--dry-run')
  expect([code, stderr]).toEqual([1, ''])
  await expect(stdout.replace(/^Source: .*?\/.*?\//, 'Source: ')).toMatchFileSnapshot('traps.report.txt')
})

test('every trap is imported, and both sides are equal', async () => {
  await service.db.deleteFrom('users').execute()
  const imported = await run('import')
  expect([imported.code, imported.stdout]).toEqual([0, expect.stringContaining('Imported 41 users,')])
  expect((await run('import')).stdout).toContain('updated 0, left 41 as they were')
  expect(await run('status')).toMatchObject({ code: 0, stderr: '' })
  expect(await service.run(['users', 'list'])).toMatchObject({ code: 0, stderr: '' })
})
