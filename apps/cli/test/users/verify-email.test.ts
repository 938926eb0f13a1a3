import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

test('an operator vouches for an email, and the audit says so once', async () => {
  const email = 'ada@example.com'
  const { id } = await service.addUser(email)
  await service.db.updateTable('users').set({ email_verified_at: null }).where('id', '=', id).execute()
  for (const changed of [true, false]) {
    const { code, stdout } = await service.run(['users', 'verify-email', 'ADA@example.com', '--json'])
    expect([code, JSON.parse(stdout)]).toEqual([0, { id, email, email_verified: true, changed }])
  }
  expect(await service.run(['users', 'verify-email', email])).toMatchObject({
    stdout: 'ada@example.com was verified already.\n',
  })
  expect(await service.eventsOf(id)).toEqual([{ kind: 'email_verified', ip: null, user_agent: 'auth-cli' }])
})

test('verify-email refuses an unknown email', async () => {
  const { code, stderr } = await service.run(['users', 'verify-email', 'none@example.com'])
  expect([code, stderr]).toEqual([1, 'error: There is no user with the email none@example.com.\n'])
})
