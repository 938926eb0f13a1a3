import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loginResult } from '@pockitflyer/auth-protocol/schemas'
import { expect, onTestFinished, test } from 'vitest'
import { createAuthClient, createMemoryStore, findAuthError, type TokenStore } from '../../src/index.ts'
import { withDeviceToken } from '../../src/client/device-token.ts'
import { createFileStore } from '../../src/stores/file.ts'
import { createStorageStore } from '../../src/stores/storage.ts'
import { openService, password } from '../service.ts'

const service = await openService({ RATE_LIMITS: 'on', LOGIN_FAILURES_PER_ACCOUNT: '1/1d' })
const url = 'https://accounts.test/api/trpc'

function createMapStorage() {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
}

async function makeFilePath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'device-token-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'session.json')
}

const createClient = (store: TokenStore) => createAuthClient({ url, store, fetch: service.fetch })

/** The device token that the request before sent. */
async function sentToken(): Promise<string | undefined> {
  const body = (await service.sent.at(-1)?.clone().text()) ?? ''
  return /"device_token":"([^"]+)"/.exec(body)?.[1]
}

test.each([
  ['memory', async () => createMemoryStore()],
  ['a storage', async () => createStorageStore(createMapStorage())],
  ['a file', async () => createFileStore(await makeFilePath())],
])('a device token kept in %s outlives logout until next login', async (_, createStore) => {
  const { email } = await service.addUser()
  const client = createClient(await createStore())
  const { device_token: first } = await client.auth.login.mutate({ email, password })
  expect(await sentToken()).toBeUndefined()
  await client.logOut()
  const { device_token: second } = await client.auth.login.mutate({ email, password })
  expect(await sentToken()).toBe(first)
  await client.auth.login.mutate({ email, password })
  expect(await sentToken()).toBe(second)
})

test('with it the owner logs in while strangers keep others waiting', async () => {
  const { email } = await service.addUser()
  const owner = createClient(createMemoryStore())
  await owner.auth.login.mutate({ email, password })
  const stranger = createClient(createMemoryStore())
  for (let count = 0; count < 8; count += 1)
    await stranger.auth.login.mutate({ email, password: 'wrong' }).catch(() => {})
  const refused = await stranger.auth.login.mutate({ email, password }).catch(findAuthError)
  expect(refused).toMatchObject({ code: 'throttled' })
  await owner.logOut()
  expect((await owner.auth.login.mutate({ email, password })).user.email).toBe(email)
})

test("the caller's device token goes before the kept one", async () => {
  const { email } = await service.addUser()
  const client = createClient(createMemoryStore())
  await client.auth.login.mutate({ email, password })
  const device_token = randomUUID()
  await client.auth.login.mutate({ email, password, device_token })
  expect(await sentToken()).toBe(device_token)
})

test('a registration keeps one too', async () => {
  const client = createClient(createMemoryStore())
  const input = { email: `${randomUUID()}@example.com`, password: 'seven ferries at noon' }
  const { device_token } = loginResult.parse(await client.auth.register.mutate(input))
  await client.auth.login.mutate(input)
  expect(await sentToken()).toBe(device_token)
})

test('a store that cannot keep it fails no login', async () => {
  const { email } = await service.addUser()
  const fail = () => Promise.reject(new Error('full'))
  const client = createClient({ ...createMemoryStore(), deviceToken: { load: fail, save: fail } })
  expect((await client.auth.login.mutate({ email, password })).user.email).toBe(email)
})

test('an input that is no object is sent as it is', async () => {
  const store = { load: () => 'a token', save: () => {} }
  for (const input of [undefined, null, 'text']) expect(await withDeviceToken(store, input)).toBe(input)
})

test('the file of a device token is for its owner alone', async () => {
  const { email } = await service.addUser()
  const path = await makeFilePath()
  const { device_token } = await createClient(createFileStore(path)).auth.login.mutate({ email, password })
  expect(await readFile(`${path}.device`, 'utf8')).toBe(device_token)
  expect((await stat(`${path}.device`)).mode & 0o777).toBe(0o600)
})
