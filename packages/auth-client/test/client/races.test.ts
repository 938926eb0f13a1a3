import { expect, test, vi } from 'vitest'
import { createAuthClient, createMemoryStore, findAuthError } from '../../src/index.ts'
import { openService, password } from '../service.ts'
import { expireAccess } from '../tokens.ts'

const url = 'https://accounts.test/api/trpc'
const service = await openService({ BLACKLIST_AFTER_ROTATION: 'true' })

/** A `fetch` that holds back the answer of one procedure until the test lets it go. */
function holdAnswersOf(path: string) {
  let arrive = () => {}
  let letGo = () => {}
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  const released = new Promise<void>((resolve) => (letGo = resolve))
  return {
    arrived,
    letGo: () => letGo(),
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      const answer = await service.fetch(input, init)
      if (!service.sent.at(-1)?.url.includes(path)) return answer
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

test("a late refresh never overwrites the next user's login", async () => {
  const held = holdAnswersOf('auth.refresh')
  const { store, client } = await logInWith(held.fetch)
  await expireAccess(store)
  const late = client.auth.me.query()
  await held.arrived
  const next = await service.addUser()
  const session = await client.auth.login.mutate({ email: next.email, password })
  held.letGo()
  expect(await late.catch(findAuthError)).toMatchObject({ code: 'token_expired' })
  expect(await store.load()).toMatchObject({ access: session.access, refresh: session.refresh })
  expect(await client.auth.me.query()).toMatchObject({ id: next.id })
})

test('a logout while a refresh is under way stays a logout', async () => {
  const held = holdAnswersOf('auth.refresh')
  const { store, client, onLoggedOut } = await logInWith(held.fetch)
  await expireAccess(store)
  const late = client.auth.me.query()
  await held.arrived
  expect(await client.logOut()).toEqual({ kind: 'ended' })
  held.letGo()
  expect(await late.catch(findAuthError)).toMatchObject({ code: 'token_expired' })
  expect(await store.load()).toBe(undefined)
  expect(onLoggedOut).toHaveBeenCalledTimes(1)
})

test('a call in flight at a logout still gets its answer', async () => {
  const held = holdAnswersOf('auth.me')
  const { id, client } = await logInWith(held.fetch)
  const call = client.auth.me.query()
  await held.arrived
  await client.logOut()
  held.letGo()
  expect(await call).toMatchObject({ id })
})

test('a manual logout by any token of the kept session forgets it', async () => {
  const { store, client, onLoggedOut } = await logInWith(service.fetch)
  const first = await store.load()
  await client.auth.refresh.mutate({ refresh: first?.refresh ?? '' })
  await client.auth.logout.mutate({ refresh: first?.refresh ?? '' })
  expect(await store.load()).toBe(undefined)
  expect(onLoggedOut).toHaveBeenCalledTimes(1)
})

test('a logout elsewhere on the same store is told here once', async () => {
  const { store, client, onLoggedOut } = await logInWith(service.fetch)
  await createAuthClient({ url, store, fetch: service.fetch }).logOut()
  await client.getAccessToken()
  await client.getAccessToken()
  expect(onLoggedOut).toHaveBeenCalledTimes(1)
})

test('calls of two users in one tick travel apart', async () => {
  const mine = await logInWith(service.fetch)
  const theirs = await logInWith(service.fetch)
  const before = service.sent.length
  const theirTokens = await theirs.store.load()
  const first = mine.client.auth.me.query()
  await mine.store.update(() => theirTokens)
  const second = mine.client.auth.me.query()
  expect([(await first).id, (await second).id]).toEqual([mine.id, theirs.id])
  expect(service.sent.length - before).toBe(2)
})

test('an aborted call rejects at once; its refresh goes on', async () => {
  const held = holdAnswersOf('auth.refresh')
  const { id, store, client } = await logInWith(held.fetch)
  await expireAccess(store)
  const giveUp = new AbortController()
  const given = client.auth.me.query(undefined, { signal: giveUp.signal })
  const patient = client.auth.me.query()
  await held.arrived
  giveUp.abort()
  await expect(given).rejects.toMatchObject({ cause: { name: 'AbortError' } })
  held.letGo()
  expect(await patient).toMatchObject({ id })
})

test('an aborted call of a batch rejects alone', async () => {
  const held = holdAnswersOf('auth.me')
  const { id, client } = await logInWith(held.fetch)
  const giveUp = new AbortController()
  const given = client.auth.me.query(undefined, { signal: giveUp.signal })
  const patient = client.auth.me.query()
  await held.arrived
  giveUp.abort()
  await expect(given).rejects.toMatchObject({ cause: { name: 'AbortError' } })
  held.letGo()
  expect(await patient).toMatchObject({ id })
})

test('a call aborted beforehand is never sent, not even batched', async () => {
  const { id, client } = await logInWith(service.fetch)
  const before = service.called().length
  const given = client.auth.endAllSessions.mutate(undefined, { signal: AbortSignal.abort() })
  const others = [client.auth.endOtherSessions.mutate(), client.auth.me.query()]
  await expect(given).rejects.toMatchObject({ cause: { name: 'AbortError' } })
  expect(await Promise.all(others)).toMatchObject([{}, { id }])
  expect(service.called().slice(before).toSorted()).toEqual(['endOtherSessions', 'me'])
})

test('a call aborted during a refresh is not made after it', async () => {
  const held = holdAnswersOf('auth.refresh')
  const { store, client } = await logInWith(held.fetch)
  await expireAccess(store)
  const giveUp = new AbortController()
  const given = client.auth.endAllSessions.mutate(undefined, { signal: giveUp.signal })
  const patient = client.auth.me.query()
  await held.arrived
  giveUp.abort()
  await expect(given).rejects.toMatchObject({ cause: { name: 'AbortError' } })
  const before = service.called().length
  held.letGo()
  await patient
  expect(service.called().slice(before)).toEqual(['me'])
})
