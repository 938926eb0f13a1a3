import { expect, test } from 'vitest'
import { createStorageStore } from '../../src/stores/storage.ts'

test('apps on one origin keep their device tokens apart', async () => {
  const items = new Map<string, string>()
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  }
  const [one, other] = ['one', 'other'].map((key) => createStorageStore(storage, { key }))
  await one?.deviceToken?.save('of one')
  expect(await other?.deviceToken?.load()).toBe(undefined)
  expect(await one?.deviceToken?.load()).toBe('of one')
  expect(await one?.load()).toBe(undefined)
})
