import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

const setEmail = (email: string, newEmail: string, ...options: string[]) =>
  service.run(['users', 'set-email', email, newEmail, ...options])

test('the user logs in with the other email, and every session ends', async () => {
  const { id } = await service.addUser('ada@example.com')
  const { refresh } = await service.caller.login({ email: 'ada@example.com', password: 'a good password' })
  expect(await setEmail('ADA@example.com', 'ada@example.org')).toEqual({
    code: 0,
    stdout: 'ada@example.com is ada@example.org now. Every session has ended.\n',
    stderr: '',
  })
  expect(await service.canLogIn('ada@example.org', 'a good password')).toBe(true)
  expect(await service.canLogIn('ada@example.com', 'a good password')).toBe(false)
  await expect(service.caller.refresh({ refresh })).rejects.toThrow('Token is blacklisted')
  expect(await service.eventsOf(id)).toEqual([
    { kind: 'session_revoked', ip: null, user_agent: 'auth-cli' },
    { kind: 'email_changed', ip: null, user_agent: 'auth-cli' },
  ])
  const { stdout } = await setEmail('ada@example.org', 'ada@example.org', '--json')
  expect(JSON.parse(stdout)).toEqual({ id, email: 'ada@example.org', changed: false })
})

test('what is taken or no email is refused', async () => {
  await service.addUser('bob@example.com')
  await service.addUser('carol@example.com')
  for (const [newEmail, reason] of [
    ['CAROL@example.com', 'A user with that email already exists.'],
    ['no email', 'Enter a valid email address.'],
  ] as const) {
    const { code, stderr } = await setEmail('bob@example.com', newEmail)
    expect([code, stderr]).toEqual([1, expect.stringContaining(reason)])
  }
  expect(await service.canLogIn('bob@example.com', 'a good password')).toBe(true)
})
