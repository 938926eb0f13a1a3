import { generateKeyPairSync } from 'node:crypto'
import { loginResult } from '@pockitflyer/auth-protocol/schemas'
import { describe, expect, test } from 'vitest'
import { createAuthClient } from '../../src/index.ts'
import { createSplitStorage, createStorageStore } from '../../src/stores/storage.ts'
import { openService, password } from '../service.ts'

const url = 'https://accounts.test/api/trpc'

/**
 * A storage that refuses values over 2,048 bytes, as iOS's keychain may behind Expo's SecureStore,
 * and keys that SecureStore refuses.
 */
function createSmallStorage() {
  const items = new Map<string, string>()
  const state = { writesLeft: Number.POSITIVE_INFINITY }
  return Object.assign(state, {
    items,
    getItem: async (key: string) => items.get(key) ?? null,
    async setItem(key: string, value: string) {
      state.writesLeft -= 1
      if (state.writesLeft < 0) throw new Error('The process ends here.')
      if (new TextEncoder().encode(value).byteLength > 2048) throw new Error('The value is too long.')
      if (!/^[\w.-]+$/.test(key)) throw new Error('The key is not allowed.')
      items.set(key, value)
    },
    removeItem: async (key: string) => {
      items.delete(key)
    },
  })
}

describe.each([2048, 4096])('a pair of RS256 with a key of %d bits', async (modulusLength) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength })
  const SIGNING_KEY = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const addresses = { ISSUER: 'https://accounts.example.com', AUDIENCE: 'https://apps.example.com' }
  const service = await openService({ SIGNING_KEY, ALGORITHM: 'RS256', ...addresses })

  test('splits fit a storage of 2,048 bytes a value, with any email', async ({ annotate }) => {
    const storage = createSmallStorage()
    const errors: unknown[] = []
    const onWriteError = (error: unknown) => errors.push(error)
    const create = () =>
      createAuthClient({
        url,
        fetch: service.fetch,
        store: createStorageStore(createSplitStorage(storage), { key: 'session', onWriteError }),
      })
    const email = `${'l'.repeat(60)}@${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.com`
    const pair = loginResult.parse(await create().auth.register.mutate({ email, password }))
    await annotate(`access ${pair.access.length} bytes, refresh ${pair.refresh.length} bytes`)
    expect(pair.access.length + pair.refresh.length).toBeGreaterThan(2048)
    expect(await create().auth.me.query()).toMatchObject({ email })
    const refreshed = await create().getAccessToken({ refused: pair.access })
    expect(await create().getAccessToken()).toBe(refreshed)
    expect(errors).toEqual([])
    await create().logOut()
    expect([...storage.items.keys()], 'the device is remembered').toEqual(['session.device'])
  })
})

test('a value that is short stands as it is', async () => {
  const storage = createSmallStorage()
  const split = createSplitStorage(storage)
  await split.setItem('key', 'x'.repeat(2000))
  expect([...storage.items]).toEqual([['key', 'x'.repeat(2000)]])
  expect(await split.getItem('key')).toBe('x'.repeat(2000))
  expect(await split.getItem('other')).toBe(null)
  await split.setItem('key', 'x'.repeat(2001))
  expect([...storage.items.keys()]).toEqual(['key', 'key.a0', 'key.a1'])
})

test.each(['my split:a3', 'split:a3 and more', 'split:c3', 'split:a'])(
  'text that resembles a head, %j, stands as it is',
  async (text) => {
    const storage = createSmallStorage()
    const split = createSplitStorage(storage)
    await split.setItem('key', text)
    expect([...storage.items]).toEqual([['key', text]])
    expect(await split.getItem('key')).toBe(text)
  },
)

test.each(['long to long', 'long to short', 'short to long', 'long to longer', 'long to head'])(
  'an interrupted write leaves the old value or the new: %s',
  async (change) => {
    const values: Record<string, string> = {
      long: 'a'.repeat(4500),
      longer: 'b'.repeat(9000),
      short: 's',
      head: 'split:a3',
    }
    const [from = '', to = ''] = change.split(' to ').map((name) => values[name] ?? '')
    const next = to === from ? 'c'.repeat(4600) : to
    for (let writes = 0; writes < 7; writes += 1) {
      const storage = createSmallStorage()
      const split = createSplitStorage(storage)
      await split.setItem('key', from)
      storage.writesLeft = writes
      await Promise.resolve(split.setItem('key', next)).catch(() => {})
      expect([from, next]).toContain(await split.getItem('key'))
      storage.writesLeft = Number.POSITIVE_INFINITY
      await split.setItem('key', next)
      expect(await split.getItem('key')).toBe(next)
      await split.removeItem('key')
      expect([...storage.items.keys()], `after ${writes} writes`).toEqual([])
    }
  },
)

test('a value replaced during a read is read anew, unmixed', async () => {
  const storage = createSmallStorage()
  const split = createSplitStorage(storage)
  await split.setItem('key', 'a'.repeat(4500))
  let reads = 0
  const slow = createSplitStorage({
    ...storage,
    async getItem(key: string) {
      reads += 1
      if (reads === 3) {
        await split.setItem('key', 'b'.repeat(4500))
        await split.setItem('key', 'c'.repeat(4500))
        await split.setItem('key', 'd'.repeat(4500))
      }
      return storage.getItem(key)
    },
  })
  expect(await slow.getItem('key')).toBe('d'.repeat(4500))
})

test('a value of which a part is gone is absent', async () => {
  const storage = createSmallStorage()
  const split = createSplitStorage(storage)
  await split.setItem('key', 'a'.repeat(4500))
  storage.items.delete('key.a1')
  expect(await split.getItem('key')).toBe(null)
})

test.each([0, 99, 150.5, Number.NaN, Number.POSITIVE_INFINITY])(
  'a maxLength of %d is a TypeError',
  (maxLength) => {
    expect(() => createSplitStorage(createSmallStorage(), { maxLength })).toThrow(TypeError)
  },
)
