import { emailToFind } from '../src/schemas/index.ts'
import { expect, test } from 'vitest'

test('white space is trimmed at the ends as Python does', () => {
  expect(emailToFind.parse(' \t\u00a0\u0085\u001c a b \u2028\u001f\n')).toBe('a b')
  expect(emailToFind.parse('\ufeffa')).toBe('\ufeffa')
})

test('a text full of spaces costs no more than its length', () => {
  const text = `a${' '.repeat(1_000_000)}b`
  expect(emailToFind.parse(text)).toBe(text)
})
