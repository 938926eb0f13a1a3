import { parseNumberOption } from '../number-option.ts'
import type { StorageLike } from './storage-like.ts'

/** The options of a split storage. */
export interface SplitStorageOptions {
  /**
   * Most characters of a value, an integer from 100. Default: 2,000, for the 2,048 bytes of iOS's
   * keychain by Expo's SecureStore.
   */
  maxLength?: number
}

/** The entry of a split value: the slot of its parts, and their number. */
const head = /^split:([ab])(\d+)$/

/**
 * Creates a storage that splits a long value over several entries, `key`, `key.a0`, `key.a1` …, for
 * a storage with short values. A value is replaced as a whole: the new parts stand beside the old
 * ones until the entry `key` names them.
 * @throws {TypeError} for a `maxLength` out of range
 * @example
 * const storage = createSplitStorage(secureStorage, { maxLength: 2000 })
 * const client = createAuthClient({ url, store: createStorageStore(storage) })
 */
export function createSplitStorage(storage: StorageLike, options: SplitStorageOptions = {}): StorageLike {
  const range = { min: 100, max: Number.MAX_SAFE_INTEGER, isInteger: true }
  const maxLength = parseNumberOption('maxLength', options.maxLength ?? 2000, range)

  async function getItem(key: string): Promise<string | null> {
    const value = await storage.getItem(key)
    const [, slot, count] = head.exec(value ?? '') ?? []
    if (slot === undefined) return value
    const parts: (string | null)[] = []
    for (let index = 0; index < Number(count); index += 1) {
      parts.push(await storage.getItem(partKey(key, slot, index)))
    }
    // Replaced meanwhile: the parts may belong to two values.
    if ((await storage.getItem(key)) !== value) return getItem(key)
    return parts.includes(null) ? null : parts.join('')
  }

  /** Removes the parts of a slot from an index on, also those of an interrupted write. */
  async function clear(key: string, slot: string, from: number): Promise<void> {
    for (let index = from; (await storage.getItem(partKey(key, slot, index))) !== null; index += 1) {
      await storage.removeItem(partKey(key, slot, index))
    }
  }

  async function setItem(key: string, value: string): Promise<void> {
    const [, oldSlot] = head.exec((await storage.getItem(key)) ?? '') ?? []
    const [slot, other] = oldSlot === 'a' ? ['b', 'a'] : ['a', 'b']
    const parts = value.length > maxLength || head.test(value) ? splitText(value, maxLength) : []
    for (const [index, part] of parts.entries()) await storage.setItem(partKey(key, slot, index), part)
    await storage.setItem(key, parts.length > 0 ? `split:${slot}${parts.length}` : value)
    await clear(key, other, 0)
    await clear(key, slot, parts.length)
  }

  async function removeItem(key: string): Promise<void> {
    await storage.removeItem(key)
    await clear(key, 'a', 0)
    await clear(key, 'b', 0)
  }

  return { getItem, setItem, removeItem }
}

function partKey(key: string, slot: string, index: number): string {
  return `${key}.${slot}${index}`
}

function splitText(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  )
}
