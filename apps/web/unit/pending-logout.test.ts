import { afterEach, expect, test, vi } from 'vitest'
import { pendingLogout } from '../src/session/pending-logout.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  pendingLogout.isHere = false
})

/** A browser's storage, which Node.js has only with a file. */
function stubStorage(): Map<string, string> {
  const stored = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  })
  return stored
}

test('a logout that was not sent outlasts its page, for its user', () => {
  const stored = stubStorage()
  pendingLogout.set('7')
  expect([...stored]).toEqual([['pf-logout', '7']])
  expect(pendingLogout.isHere).toBe(true)
  expect([pendingLogout.isOf('7'), pendingLogout.isOf('8')]).toEqual([true, false])
  pendingLogout.clear()
  expect([pendingLogout.isOf('7'), pendingLogout.isHere, stored.size]).toEqual([false, false, 0])
})

test('without storage a logout is pending in its page alone', () => {
  vi.stubGlobal('localStorage', undefined)
  pendingLogout.set('7')
  expect([pendingLogout.isHere, pendingLogout.isOf('7')]).toEqual([true, false])
  pendingLogout.clear()
  expect(pendingLogout.isHere).toBe(false)
})
