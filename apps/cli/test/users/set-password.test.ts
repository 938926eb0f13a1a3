import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

const setPassword = (email: string, ...options: string[]) => ['users', 'set-password', email, ...options]

test('the new password logs in, the old fails, all sessions end', async () => {
  const { id } = await service.addUser('ada@example.com', 'the old password')
  const { refresh } = await service.caller.login({ email: 'ada@example.com', password: 'the old password' })
  const finished = await service.run(
    setPassword('ADA@example.com', '--password-stdin'),
    ' the new password \n',
  )
  expect(finished).toEqual({
    code: 0,
    stdout: 'ada@example.com has a new password now. Every session has ended.\n',
    stderr: '',
  })
  expect(await service.canLogIn('ada@example.com', ' the new password ')).toBe(true)
  expect(await service.canLogIn('ada@example.com', 'the new password')).toBe(false)
  expect(await service.canLogIn('ada@example.com', 'the old password')).toBe(false)
  await expect(service.caller.refresh({ refresh })).rejects.toThrow('Token is blacklisted')
  expect(await service.eventsOf(id)).toEqual([
    { kind: 'session_revoked', ip: null, user_agent: 'auth-cli' },
    { kind: 'password_changed', ip: null, user_agent: 'auth-cli' },
  ])
})

test('--json prints one document with the id', async () => {
  const { id } = await service.addUser('json@example.com')
  const args = setPassword('json@example.com', '--password-stdin', '--json')
  const { stdout, stderr } = await service.run(args, 'the new password')
  expect([JSON.parse(stdout), stderr]).toEqual([{ id, email: 'json@example.com' }, ''])
})

test('a password that is too short is refused; the old one stays', async () => {
  await service.addUser('short@example.com', 'the old password')
  const args = setPassword('short@example.com', '--password-stdin')
  const { code, stdout, stderr } = await service.run(args, 'short')
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toContain('  password: This password is too short.')
  expect(await service.canLogIn('short@example.com', 'the old password')).toBe(true)
})

test('an unknown email is refused', async () => {
  const args = setPassword('nobody@example.com', '--password-stdin', '--json')
  expect(await service.run(args, 'the new password')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: There is no user with the email nobody@example.com.\n',
  })
})

test('without a terminal or --password-stdin it fails at once', async () => {
  const { code, stderr } = await service.run(setPassword('ada@example.com'))
  expect([code, stderr]).toEqual([2, expect.stringContaining('There is no terminal')])
})
