import { expect, test } from 'vitest'
import { callWithRefresh, createAuthClient } from '../../src/index.ts'
import { openService, password } from '../service.ts'

const service = await openService()
const url = 'https://accounts.test/api/trpc'
const borrow = (accessToken: string) => createAuthClient({ url, accessToken, fetch: service.fetch }).auth

async function logIn() {
  const { email } = await service.addUser()
  return createAuthClient({ url, fetch: service.fetch }).auth.login.mutate({ email, password })
}

test('a refused token is refreshed and the call made once more', async () => {
  const { access } = await logIn()
  const tokens: string[] = []
  const user = await callWithRefresh('refused', {
    async call(token) {
      tokens.push(token)
      return borrow(token).me.query()
    },
    refresh: async () => access,
  })
  expect(tokens).toEqual(['refused', access])
  expect(user.email).toContain('@')
})

test('a second refusal is thrown, without another refresh', async () => {
  const refreshes: string[] = []
  const call = callWithRefresh('first', {
    call: async (token) => borrow(token).me.query(),
    async refresh(refused) {
      refreshes.push(refused)
      return 'second'
    },
  })
  await expect(call).rejects.toMatchObject({ data: { code: 'token_invalid' } })
  expect(refreshes).toEqual(['first'])
})

test('without a new token the refusal itself is thrown', async () => {
  const call = callWithRefresh('refused', {
    call: async (token) => borrow(token).me.query(),
    refresh: () => Promise.resolve(undefined),
  })
  await expect(call).rejects.toMatchObject({ data: { httpStatus: 401 } })
})

test('what is no refusal of the token is never made again', async () => {
  const { email } = await service.addUser()
  const wrong = { email, password: 'WrongPass123!' }
  for (const fail of [
    () => createAuthClient({ url, fetch: service.fetch }).auth.login.mutate(wrong),
    () => Promise.reject(new Error('cut off')),
  ]) {
    let calls = 0
    const call = callWithRefresh('token', {
      async call() {
        calls += 1
        return fail()
      },
      refresh: () => Promise.resolve('new'),
    })
    await expect(call).rejects.toThrow(/cut off|No active account/)
    expect(calls).toBe(1)
  }
})
