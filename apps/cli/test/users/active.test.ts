import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

const [email, password] = ['ada@example.com', 'a good password']

test('disable ends sessions and forbids login; enable revives no session', async () => {
  const { id } = await service.addUser(email)
  const { refresh } = await service.caller.login({ email, password })

  expect(await service.run(['users', 'disable', 'ADA@example.com'])).toEqual({
    code: 0,
    stdout: 'ada@example.com is disabled now.\n',
    stderr: '',
  })
  await expect(service.caller.refresh({ refresh })).rejects.toThrow('Token is blacklisted')
  expect(await service.canLogIn(email, password)).toBe(false)

  expect(await service.run(['users', 'enable', email])).toMatchObject({
    code: 0,
    stdout: 'ada@example.com is enabled now.\n',
  })
  await expect(service.caller.refresh({ refresh })).rejects.toThrow('Token is blacklisted')
  expect(await service.canLogIn(email, password)).toBe(true)
  expect(await service.eventsOf(id)).toEqual([
    { kind: 'session_revoked', ip: null, user_agent: 'auth-cli' },
    { kind: 'user_deactivated', ip: null, user_agent: 'auth-cli' },
    { kind: 'user_activated', ip: null, user_agent: 'auth-cli' },
  ])
})

test('doing it twice succeeds, says that nothing changed and records nothing', async () => {
  const { id } = await service.addUser('twice@example.com')
  const document = { id, email: 'twice@example.com', is_active: false }
  for (const changed of [true, false]) {
    const { code, stdout } = await service.run(['users', 'disable', 'twice@example.com', '--json'])
    expect([code, JSON.parse(stdout)]).toEqual([0, { ...document, changed }])
  }
  expect(await service.run(['users', 'disable', 'twice@example.com'])).toMatchObject({
    stdout: 'twice@example.com was disabled already.\n',
  })
  expect(await service.eventsOf(id)).toHaveLength(1)
})

test.each(['disable', 'enable'])('%s refuses an unknown email', async (command) => {
  expect(await service.run(['users', command, 'nobody@example.com', '--json'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: There is no user with the email nobody@example.com.\n',
  })
})
