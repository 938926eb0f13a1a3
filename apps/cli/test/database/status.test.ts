import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

test('status counts users, sessions, logins and mails', async () => {
  const [ada, eve] = ['ada@example.com', 'eve@example.com']
  await service.addUser(ada)
  await service.addUser(eve)
  await service.run(['users', 'disable', eve])
  await service.caller.login({ email: ada, password: 'a good password' })
  await service.canLogIn(ada, 'wrong')
  await service.canLogIn('nobody@example.com', 'wrong')
  await service.run(['mails', 'test', ada])
  const { stdout } = await service.run(['status', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({
    counts: { users: 2, inactive_users: 1, live_sessions: 1, logins: 1, failed_logins: 2 },
    mails: { count: 1 },
    jobs: [],
    leadership: { leader: 'accounts' },
  })
  const { stdout: text } = await service.run(['status'])
  expect(text).toMatch(/^users +2, of whom 1 are inactive$/m)
  expect(text).toContain('No worker ever ran')
})
