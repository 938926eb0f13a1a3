import { createDjango, type DjangoDatabase } from '@pockitflyer/django/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'
import { runProcess, mainFile } from '../support/run-cli.ts'
import { hasTerminal, runAtTerminal } from './terminal.ts'

let django: DjangoDatabase
let service: Service
beforeAll(async () => {
  django = await createDjango('service-5.2')
  service = await createService()
  await django.run(`
    insert into users_customuser (password, is_superuser, email, is_active, is_staff, date_joined)
    select '!', false, 'user-' || n || '@example.com', true, false, now() from generate_series(1, 4500) as n`)
})
afterAll(async () => {
  await django.close()
  await service.close()
})

describe.skipIf(!hasTerminal)('at a terminal (skipped where util-linux has no script)', () => {
  test('an import shows how far it is, and clears the bar', async () => {
    const args = ['django', 'import', '--source', django.url]
    const { code, screen } = await runAtTerminal(args, { env: service.env, dialogue: [] })
    expect(code).toBe(0)
    expect(screen).toMatch(/Reading .*4500 of 4500/)
    expect(screen).toMatch(/Importing users .*4500 of 4500/)
    expect(screen).not.toMatch(/of 4500, (?!\d)/)
    const [, last = ''] = screen.split('Imported 4500 users')
    expect(last).not.toContain('of 4500')
  })
})

test('without a terminal an import shows no bar', async () => {
  const program = [mainFile, 'django', 'import', '--source', django.url]
  const { code, stderr } = await runProcess(program, { env: service.env })
  expect([code, stderr]).toEqual([0, ''])
})
