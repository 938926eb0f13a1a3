import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { errorCode } from '../src/index.ts'

test('the code of an error is read, and of nothing else', async () => {
  const missing: unknown = await readFile('/missing').catch((error: unknown) => error)
  expect(errorCode(missing)).toBe('ENOENT')
  expect([new Error('none'), { code: 'ENOENT' }, 'ENOENT', undefined].map(errorCode)).toEqual(
    Array.from({ length: 4 }, () => undefined),
  )
})
