import { expect, test } from 'vitest'
import { createService, openDatabase } from '../support/harness.ts'
import { mailEnv } from '../support/mailbox.ts'

const { db } = await openDatabase()
const service = await createService(db)

const path = '/api/users/policy/'

test('a form learns the registration and password policy beforehand', async () => {
  const answer = await service.rest('GET', path)
  expect([answer.status, answer.body]).toEqual([
    200,
    {
      registration: true,
      password: { min_length: 8, max_bytes: 1024 },
      password_reset: false,
      email_verification: 'off',
    },
  ])
  expect((await service.query('auth.policy')).body.result.data).toEqual(answer.body)
})

test('the policy is the one that the settings make', async () => {
  const careful = await createService(db, { REGISTRATION: 'false', PASSWORD_MIN_LENGTH: '15' })
  expect((await careful.rest('GET', path)).body).toEqual({
    registration: false,
    password: { min_length: 15, max_bytes: 1024 },
    password_reset: false,
    email_verification: 'off',
  })
})

test('the policy tells whether a mail can reset a password', async () => {
  const mailing = await createService(db, mailEnv)
  expect((await mailing.rest('GET', path)).body).toMatchObject({ password_reset: true })
})

test('the policy is the same for every token', async () => {
  expect(await service.rest('GET', path, { token: 'garbage' })).toEqual(await service.rest('GET', path))
})

test('OPTIONS describes it, HEAD is GET, other methods are refused', async () => {
  const options = await service.rest('OPTIONS', path)
  expect(options).toMatchObject({ status: 200, body: { name: 'Policy' } })
  expect((await service.rest('HEAD', path)).status).toBe(200)
  expect(await service.rest('POST', path, {}, '{}')).toMatchObject({
    status: 405,
    headers: { allow: 'GET, HEAD, OPTIONS' },
  })
  expect((await service.rest('GET', path, { headers: { Accept: 'text/html' } })).status).toBe(406)
})
