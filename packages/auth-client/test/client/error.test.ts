import { expect, test } from 'vitest'
import { createAuthClient, findAuthError, isAuthError } from '../../src/index.ts'
import { openService, password } from '../service.ts'

const service = await openService({ HASH_CONCURRENCY: '1', HASH_QUEUE: '0', ARGON2_TIME_COST: '20' })
const url = 'https://accounts.test/api/trpc'
const client = createAuthClient({ url, fetch: service.fetch })

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('the call succeeded'),
    (error: unknown) => error,
  )
}

test('a service error has code, status, path and public text', async () => {
  const { email } = await service.addUser()
  const error = await thrownBy(client.auth.login.mutate({ email, password: 'WrongPass123!' }))
  expect(findAuthError(error)).toEqual({
    code: 'invalid_credentials',
    httpStatus: 401,
    path: 'auth.login',
    message: 'No active account found with the given credentials',
    requestId: findAuthError(error)?.requestId,
  })
})

test("an error bears the request id of the service's log", async () => {
  const error = await thrownBy(client.auth.login.mutate({ email: ' ', password: '' }))
  expect(findAuthError(error)?.requestId).toMatch(/^[0-9a-f-]{36}$/)
})

test('faulty input tells its texts by the names of the fields', async () => {
  const error = await thrownBy(client.auth.login.mutate({ email: ' ', password: '' }))
  const blank = ['This field may not be blank.']
  expect(findAuthError(error)).toMatchObject({
    code: 'invalid_input',
    fields: { email: blank, password: blank },
  })
})

test('a busy service tells when to come back', async () => {
  const { email } = await service.addUser()
  const running = service.auth.passwords.hash('takes the only place')
  const error = await thrownBy(client.auth.login.mutate({ email, password }))
  expect(findAuthError(error)).toMatchObject({ code: 'overloaded', httpStatus: 503, retryAfterSeconds: 1 })
  await running
})

test('a deactivated user is told apart from a logged-out one', async () => {
  const { id, email } = await service.addUser()
  const { access } = await client.auth.login.mutate({ email, password })
  await service.deactivate(id)
  const loggedIn = createAuthClient({ url, accessToken: access, fetch: service.fetch })
  expect(findAuthError(await thrownBy(loggedIn.auth.me.query()))?.code).toBe('user_inactive')
  const stranger = createAuthClient({ url, fetch: service.fetch })
  expect(findAuthError(await thrownBy(stranger.auth.me.query()))?.code).toBe('not_authenticated')
})

test('a service that cannot be reached said nothing', async () => {
  const unreachable = createAuthClient({ url: 'http://127.0.0.1:1/api/trpc' })
  const error = await thrownBy(unreachable.auth.login.mutate({ email: 'a', password: 'b' }))
  expect(error).toBeInstanceOf(Error)
  expect(findAuthError(error)).toBe(undefined)
})

test('a call without a token fails as the service would answer, unsent', async () => {
  const question = new Request(`${url}/auth.me?batch=1&input=%7B%7D`)
  const asked: unknown = await (await service.fetch(question)).json()
  const before = service.sent.length
  const stranger = createAuthClient({ url, fetch: service.fetch })
  const error = await thrownBy(stranger.auth.me.query())
  expect(service.sent.length).toBe(before)
  const answer = findAuthError(error)
  const data = { code: 'not_authenticated', httpStatus: 401, path: 'auth.me' }
  expect(answer).toEqual({ ...data, message: answer?.message })
  expect(error).toMatchObject({ shape: { code: -32001 } })
  expect(asked).toMatchObject([{ error: { code: -32001, message: answer?.message, data } }])
})

test.each([
  [404, Response.json({ detail: 'Not found.' }, { status: 404 }), ': is this the tRPC endpoint?'],
  [200, new Response('<!doctype html>'), ': is this the tRPC endpoint?'],
  [500, new Response('<h1>Server Error</h1>', { status: 500 }), '.'],
  [502, new Response('<h1>Bad Gateway</h1>', { status: 502 }), '.'],
])('what answers %i at a wrong `url` is named', async (status, response, end) => {
  const elsewhere = createAuthClient({ url, fetch: async () => response.clone() })
  const error = await thrownBy(elsewhere.auth.policy.query())
  expect(error).toMatchObject({ message: `${url} answered ${status}${end}` })
})

test.each([
  ['a page of a proxy', new Response('<html>502 Bad Gateway</html>', { status: 502 })],
  ['nothing', new Response(null, { status: 504 })],
  ['JSON of another service', Response.json({ detail: 'Not found.' }, { status: 404 })],
  ['a JSON list of another service', Response.json([{ detail: 'Not found.' }], { status: 404 })],
  ["an error of another tRPC service's making", Response.json([{ error: { message: 'no', code: -32603 } }])],
])('an answer that is not the service speaking, %s, is none', async (_, response) => {
  const elsewhere = createAuthClient({ url, fetch: async () => response.clone() })
  const error = await thrownBy(elsewhere.auth.login.mutate({ email: 'a', password: 'b' }))
  expect(error).toBeInstanceOf(Error)
  expect(findAuthError(error)).toBe(undefined)
})

test('what is no error of a call is none of the service', () => {
  for (const thrown of [new Error('other'), undefined, null, 'text', { data: { code: 'overloaded' } }]) {
    expect(findAuthError(thrown)).toBe(undefined)
  }
})

test('an error has the code that it bears and no other', async () => {
  const stranger = createAuthClient({ url, fetch: service.fetch })
  const error = await thrownBy(stranger.auth.me.query())
  expect(isAuthError(error)).toBe(true)
  expect(isAuthError(error, 'overloaded', 'not_authenticated')).toBe(true)
  expect(isAuthError(error, 'overloaded', 'throttled')).toBe(false)
})

test('an error whose code is no text is none of the service', async () => {
  const answer = [{ error: { message: 'no', code: -32603, data: { code: 503, httpStatus: 503 } } }]
  const elsewhere = createAuthClient({ url, fetch: async () => Response.json(answer, { status: 503 }) })
  expect(isAuthError(await thrownBy(elsewhere.auth.policy.query()))).toBe(false)
})
