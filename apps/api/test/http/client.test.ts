import { createAuthClient, findAuthError } from '@pockitflyer/auth-client'
import { afterAll, expect, test } from 'vitest'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase, password } from '../database.ts'

const database = await openDatabase()
const api = await startTestApi(database.url)
afterAll(() => api.stop())

const url = `${api.url}/api/trpc`
const client = createAuthClient({ url })

test('a sibling uses the service over HTTP with typed calls', async () => {
  const { id, email } = await database.addUser()
  const session = await client.auth.login.mutate({ email, password })
  let access: string | undefined = session.access
  const loggedIn = createAuthClient({ url, accessToken: () => access })
  expect(await loggedIn.auth.me.query()).toMatchObject({ id, email })
  const pair = await client.auth.refresh.mutate({ refresh: session.refresh })
  access = pair.access
  expect(await loggedIn.auth.me.query()).toMatchObject({ id, email })
  expect(await client.auth.logout.mutate({ refresh: session.refresh })).toEqual({})
  expect(await loggedIn.auth.me.query().catch(findAuthError)).toMatchObject({ code: 'session_ended' })
})

test('20 calls of one batch are each answered', async () => {
  const calls = Array.from({ length: 20 }, () =>
    client.auth.verify.mutate({ token: 'garbage' }).catch(findAuthError),
  )
  const codes = (await Promise.all(calls)).map((answer) => ('code' in { ...answer } ? answer : undefined))
  expect(codes).toMatchObject(Array.from({ length: 20 }, () => ({ code: 'token_invalid' })))
})

test('more calls than a batch may carry still get their answers', async () => {
  const { email } = await database.addUser()
  const { access } = await client.auth.login.mutate({ email, password })
  const loggedIn = createAuthClient({ url, accessToken: access })
  const users = await Promise.all(Array.from({ length: 50 }, () => loggedIn.auth.me.query()))
  expect(users).toHaveLength(50)
})

test("a body that is too large fails with the service's own message", async () => {
  const call = client.auth.verify.mutate({ token: 'x'.repeat(70_000) })
  const error: unknown = await call.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(findAuthError(error)).toMatchObject({ code: 'payload_too_large', httpStatus: 413 })
})

test('a service that has stopped said nothing', async () => {
  const other = await startTestApi(database.url)
  const gone = createAuthClient({ url: `${other.url}/api/trpc` })
  await gone.auth.verify.mutate({ token: 'garbage' }).catch(findAuthError)
  await other.stop()
  const error: unknown = await gone.auth.policy.query().catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(findAuthError(error)).toBe(undefined)
})
