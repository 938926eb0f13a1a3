import { expect, test } from 'vitest'
import { createAuthClient, findAuthError } from '../../src/index.ts'
import { openService, password } from '../service.ts'

const service = await openService()
const url = 'https://accounts.test/api/trpc'
const client = createAuthClient({ url, fetch: service.fetch })

test('a sibling logs in, refreshes, verifies and logs out with typed calls', async () => {
  const { id, email } = await service.addUser()
  const session = await client.auth.login.mutate({ email, password })
  expect(session.user).toEqual({ id, email, profile: { display_name: 'Anonymous User', bio: '' } })
  expect(await client.auth.verify.mutate({ token: session.access })).toEqual({})
  const pair = await client.auth.refresh.mutate({ refresh: session.refresh })
  expect(Object.keys(pair)).toEqual(['access', 'refresh'])
  const loggedIn = createAuthClient({ url, accessToken: pair.access, fetch: service.fetch })
  expect(await loggedIn.auth.me.query()).toEqual(session.user)
  expect(await client.auth.logout.mutate({ refresh: session.refresh })).toEqual({})
  const error = await loggedIn.auth.me.query().catch(findAuthError)
  expect(error).toMatchObject({ code: 'session_ended', httpStatus: 401 })
})

test('a token function is asked each request, and may return none', async () => {
  const { id, email } = await service.addUser()
  const { access } = await client.auth.login.mutate({ email, password })
  const tokens: string[] = []
  const changing = createAuthClient({ url, accessToken: () => tokens.at(-1), fetch: service.fetch })
  const before = service.sent.length
  const error = await changing.auth.me.query().catch(findAuthError)
  expect(error).toMatchObject({ code: 'not_authenticated' })
  expect(service.sent.length).toBe(before)
  tokens.push(access)
  expect(await changing.auth.me.query()).toMatchObject({ id })
  expect(service.sent.at(-1)?.headers.get('authorization')).toBe(`Bearer ${access}`)
})

test("the caller's headers travel along without displacing the token", async () => {
  const { email } = await service.addUser()
  const { access } = await client.auth.login.mutate({ email, password })
  const headers = { 'User-Agent': 'flyers/1.0', 'X-Request-Id': 'abc' }
  await createAuthClient({ url, accessToken: access, headers, fetch: service.fetch }).auth.me.query()
  const request = service.sent.at(-1)
  expect(request?.headers.get('x-request-id')).toBe('abc')
  expect(request?.headers.get('user-agent')).toBe('flyers/1.0')
  expect(request?.headers.get('authorization')).toBe(`Bearer ${access}`)
})

test('a header of the caller authorizes calls, also without a session', async () => {
  const { id, email } = await service.addUser()
  const { access } = await createAuthClient({ url, fetch: service.fetch }).auth.login.mutate({
    email,
    password,
  })
  const headers = { Authorization: `Bearer ${access}` }
  expect(await createAuthClient({ url, headers, fetch: service.fetch }).auth.me.query()).toMatchObject({ id })
})

test('calls of one tick share a request, with separate outcomes', async () => {
  const { email } = await service.addUser()
  const before = service.sent.length
  const [right, wrong] = await Promise.allSettled([
    client.auth.login.mutate({ email, password }),
    client.auth.login.mutate({ email, password: 'WrongPass123!' }),
  ])
  expect(service.sent.length - before).toBe(1)
  expect(right.status).toBe('fulfilled')
  expect(wrong.status === 'rejected' ? findAuthError(wrong.reason)?.code : undefined).toBe(
    'invalid_credentials',
  )
})

test('a call that is given up is ended', async () => {
  const { email } = await service.addUser()
  const giveUp = new AbortController()
  const call = client.auth.login.mutate({ email, password }, { signal: giveUp.signal })
  giveUp.abort()
  const error: unknown = await call.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(findAuthError(error)).toBe(undefined)
})
