import { expect, test, vi } from 'vitest'
import { createAuthClient, createMemoryStore, findAuthError } from '../../src/index.ts'
import { openService, password } from '../service.ts'
import { expireAccess } from '../tokens.ts'

const url = 'https://accounts.test/api/trpc'
const service = await openService({ BLACKLIST_AFTER_ROTATION: 'true' })
const passwords = { current_password: password, new_password: 'seven ferries at noon' }

/** A `fetch` whose answer to a change of password comes when the test lets it, or is lost. */
function holdChange() {
  let arrive = () => {}
  let settle = { letGo: () => {}, lose: () => {} }
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  const released = new Promise<void>((resolve, reject) => {
    settle = { letGo: resolve, lose: () => reject(new TypeError('fetch failed')) }
  })
  return {
    arrived,
    letGo: () => settle.letGo(),
    lose: () => settle.lose(),
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      const isChange = new Request(input, init).url.includes('changePassword')
      const answer = await service.fetch(input, init)
      if (!isChange) return answer
      arrive()
      await released
      return answer
    },
  }
}

async function logInWith(fetch: typeof globalThis.fetch) {
  const { id, email } = await service.addUser()
  const store = createMemoryStore()
  const onLoggedOut = vi.fn<() => void>()
  const client = createAuthClient({ url, store, onLoggedOut, fetch })
  await client.auth.login.mutate({ email, password })
  return { id, email, store, client, onLoggedOut }
}

const isActive = async (token: string) =>
  (await createAuthClient({ url, fetch: service.fetch }).auth.introspect.mutate({ token })).active

test("a changed password's new pair is kept for the next call", async () => {
  const { id, store, client, onLoggedOut } = await logInWith(service.fetch)
  const pair = await client.auth.changePassword.mutate(passwords)
  expect(await store.load()).toMatchObject(pair)
  const before = service.called().length
  expect(await client.auth.me.query()).toMatchObject({ id })
  expect(service.called().slice(before)).toEqual(['me'])
  expect(onLoggedOut).not.toHaveBeenCalled()
})

test('a change that is refused leaves the tokens as they are', async () => {
  const { id, store, client } = await logInWith(service.fetch)
  const before = await store.load()
  const wrong = { ...passwords, current_password: 'WrongPass123!' }
  const error = await client.auth.changePassword.mutate(wrong).catch(findAuthError)
  expect(error).toMatchObject({ code: 'invalid_input' })
  expect(await store.load()).toEqual(before)
  expect(await client.auth.me.query()).toMatchObject({ id })
})

test('an access token that ended is refreshed before the change', async () => {
  const { id, store, client } = await logInWith(service.fetch)
  await expireAccess(store)
  const pair = await client.auth.changePassword.mutate(passwords)
  expect(await store.load()).toMatchObject(pair)
  expect(await client.auth.me.query()).toMatchObject({ id })
})

test('a call refused during the change succeeds with the new session', async () => {
  const held = holdChange()
  const { id, store, client, onLoggedOut } = await logInWith(held.fetch)
  const change = client.auth.changePassword.mutate(passwords)
  await held.arrived
  const late = client.auth.me.query()
  await vi.waitFor(() => expect(service.called().at(-1)).toBe('me'))
  held.letGo()
  expect(await store.load()).not.toMatchObject(await change)
  expect(await late).toMatchObject({ id })
  expect(onLoggedOut).not.toHaveBeenCalled()
})

test('another client of the store stays logged in after a change', async () => {
  const held = holdChange()
  const { id, store, client } = await logInWith(held.fetch)
  const onLoggedOut = vi.fn<() => void>()
  const other = createAuthClient({ url, store, onLoggedOut, fetch: service.fetch })
  const change = client.auth.changePassword.mutate(passwords)
  await held.arrived
  const late = other.auth.me.query().catch(findAuthError)
  await vi.waitFor(() => expect(service.called().at(-1)).toBe('me'))
  held.letGo()
  await change
  expect(await late).toMatchObject({ code: 'session_ended' })
  expect(await other.auth.me.query()).toMatchObject({ id })
  expect(onLoggedOut).not.toHaveBeenCalled()
})

test('the same call after a lost answer keeps the pair', async () => {
  const held = holdChange()
  const { id, store, client } = await logInWith(held.fetch)
  const lost = client.auth.changePassword.mutate(passwords)
  await held.arrived
  held.lose()
  await expect(lost).rejects.toThrow('fetch failed')
  const again = createAuthClient({ url, store, fetch: service.fetch })
  const pair = await again.auth.changePassword.mutate(passwords)
  expect(await store.load()).toMatchObject(pair)
  expect(await again.auth.me.query()).toMatchObject({ id })
})

test('a logout during a change stays one, and the new session ends', async () => {
  const held = holdChange()
  const { store, client } = await logInWith(held.fetch)
  const change = client.auth.changePassword.mutate(passwords)
  await held.arrived
  await client.logOut()
  held.letGo()
  const { access } = await change
  expect(await store.load()).toBe(undefined)
  expect(await isActive(access)).toBe(false)
})

test("another user's login during a change is not overwritten", async () => {
  const held = holdChange()
  const { store, client } = await logInWith(held.fetch)
  const change = client.auth.changePassword.mutate(passwords)
  await held.arrived
  const next = await service.addUser()
  const { access, refresh } = await client.auth.login.mutate({ email: next.email, password })
  held.letGo()
  const changed = await change
  expect(await store.load()).toMatchObject({ access, refresh })
  expect(await isActive(changed.access)).toBe(false)
})

test('a client that was given its token keeps nothing and ends nothing', async () => {
  const { store } = await logInWith(service.fetch)
  const accessToken = (await store.load())?.access ?? ''
  const client = createAuthClient({ url, accessToken, fetch: service.fetch })
  const pair = await client.auth.changePassword.mutate(passwords)
  expect(await isActive(pair.access)).toBe(true)
})
