import { createDjango, type DjangoDatabase } from '@pockitflyer/django/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let django: DjangoDatabase
let service: Service
beforeAll(async () => {
  django = await createDjango('service-5.2')
  service = await createService()
  await django.run(`
    insert into users_customuser (password, is_superuser, email, is_active, is_staff, date_joined)
    select '!', false, 'user-' || n || '@example.com', true, false, now() from generate_series(1, 3) as n`)
})
afterAll(async () => {
  await django.close()
  await service.close()
})

const run = (...args: string[]) => service.run(['django', ...args, '--source', django.url])

test('--poll follows Django and takes over without a trigger there', async () => {
  expect(await run('follow', '--poll', '--once', '--json')).toMatchObject({
    code: 0,
    stdout: '{"applied":3}\n',
  })
  await django.run(`
    update users_customuser set email = 'new@example.com' where id = 1; delete from users_customuser where id = 2`)
  const { code, stdout } = await run('switch', '--poll', '--json')
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^\{"users":2,/)])
  expect(await service.findUser('new@example.com')).toMatchObject({ id: 1 })
  expect(await run('follow', '--remove-feed')).toMatchObject({ code: 0, stdout: 'There was no feed.\n' })
})
