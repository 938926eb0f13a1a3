import { expect, onTestFinished, test, vi } from 'vitest'
import { createAuthClient, createMemoryStore, findAuthError } from '../../src/index.ts'
import { createStorageStore } from '../../src/stores/storage.ts'
import { openService, password } from '../service.ts'
import { expireAccess } from '../tokens.ts'

const url = 'https://accounts.test/api/trpc'
const service = await openService({ BLACKLIST_AFTER_ROTATION: 'true' })

/** A client with a listener, and how often it was called. */
async function listen(store = createMemoryStore()) {
  const { email } = await service.addUser()
  const client = createAuthClient({ url, store, fetch: service.fetch })
  const listener = vi.fn<() => void>()
  const stop = client.subscribe(listener)
  const logIn = () => client.auth.login.mutate({ email, password })
  return { email, client, store, listener, stop, logIn }
}

test('a listener hears a login, a change of password and a logout', async () => {
  const { client, listener, logIn } = await listen()
  await logIn()
  expect(listener).toHaveBeenCalledTimes(1)
  await client.auth.changePassword.mutate({
    current_password: password,
    new_password: 'seven ferries at noon',
  })
  expect(listener).toHaveBeenCalledTimes(2)
  await client.logOut()
  expect(listener).toHaveBeenCalledTimes(3)
})

test('a listener hears nothing of a refresh', async () => {
  const { client, store, listener, logIn } = await listen()
  await logIn()
  await expireAccess(store)
  await client.auth.me.query()
  await client.auth.me.query()
  expect(listener).toHaveBeenCalledTimes(1)
})

test('a listener hears nothing of the session of an earlier page', async () => {
  const { store, logIn, listener } = await listen()
  await logIn()
  const next = createAuthClient({ url, store, fetch: service.fetch })
  const later = vi.fn<() => void>()
  next.subscribe(later)
  await next.auth.me.query()
  expect(later).not.toHaveBeenCalled()
  await next.logOut()
  expect([later.mock.calls.length, listener.mock.calls.length]).toEqual([1, 1])
})

test('a listener hears of a session that the service revoked', async () => {
  const { client, email, listener, logIn } = await listen()
  await logIn()
  const other = createAuthClient({ url, fetch: service.fetch })
  await other.auth.login.mutate({ email, password })
  await other.auth.endOtherSessions.mutate()
  const error = await client.auth.me.query().catch(findAuthError)
  expect(error).toMatchObject({ code: 'session_ended' })
  expect(listener).toHaveBeenCalledTimes(2)
})

test('a logout is reported after the answer, however often it is asked', async () => {
  const { email } = await service.addUser()
  const heard: string[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await service.fetch(input, init)
    heard.push('answer')
    return answer
  }
  const onLoggedOut = () => heard.push('end')
  const client = createAuthClient({ url, fetch, onLoggedOut })
  client.subscribe(() => heard.push('change'))
  await client.auth.login.mutate({ email, password })
  heard.length = 0
  // A page that leaves at the report would cut off the request that revokes the session.
  const asked = client.logOut()
  await Promise.all([asked, client.logOut(), client.auth.me.query().catch(findAuthError)])
  expect(heard).toEqual(['answer', 'end', 'change'])
})

test('a logout that does not reach the service is reported, too', async () => {
  const { email } = await service.addUser()
  let isOffline = false
  const fetch: typeof globalThis.fetch = async (input, init) =>
    isOffline ? Promise.reject(new TypeError('offline')) : service.fetch(input, init)
  const client = createAuthClient({ url, fetch })
  await client.auth.login.mutate({ email, password })
  const listener = vi.fn<() => void>()
  client.subscribe(listener)
  isOffline = true
  expect((await client.logOut()).kind).toBe('not_told')
  expect(listener).toHaveBeenCalledTimes(1)
})

test('a listener that stopped hears nothing, beside one that goes on', async () => {
  const { client, listener, stop, logIn } = await listen()
  const other = client.subscribe(listener)
  stop()
  stop()
  await logIn()
  expect(listener).toHaveBeenCalledTimes(1)
  other()
  await client.logOut()
  expect(listener).toHaveBeenCalledTimes(1)
})

/** A page's storage, and the event by which a browser tells it what another tab wrote. */
function openTab(entries: Map<string, string>) {
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  return {
    storage: {
      getItem: (key: string) => entries.get(key) ?? null,
      setItem: (key: string, value: string) => void entries.set(key, value),
      removeItem: (key: string) => void entries.delete(key),
    },
    tell: (key: string | null) => page.dispatchEvent(Object.assign(new Event('storage'), { key })),
  }
}

test('a listener hears at once of a logout in another tab', async () => {
  const entries = new Map<string, string>()
  const { storage, tell } = openTab(entries)
  try {
    const { client, listener, logIn, stop } = await listen(createStorageStore(storage))
    await logIn()
    entries.delete('pockitflyer.session')
    tell('another entry')
    tell('pockitflyer.session')
    await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(2))
    stop()
    await logIn()
    entries.clear()
    tell(null)
    expect(await client.getAccessToken()).toBe(undefined)
    expect(listener).toHaveBeenCalledTimes(2)
  } finally {
    vi.unstubAllGlobals()
  }
})

test('a store tells of its own entry alone, until it is stopped', () => {
  const { storage, tell } = openTab(new Map())
  onTestFinished(() => void vi.unstubAllGlobals())
  const listener = vi.fn<() => void>()
  const stop = createStorageStore(storage, { key: 'one' }).subscribe?.(listener)
  const callsAfter = (key: string | null) => {
    tell(key)
    return listener.mock.calls.length
  }
  expect([callsAfter('other'), callsAfter('one'), callsAfter(null)]).toEqual([0, 1, 2])
  stop?.()
  expect(callsAfter('one')).toBe(2)
})
