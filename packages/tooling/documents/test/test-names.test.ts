import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { read, repository } from './documents.ts'

const longestName = 12

const files = globSync('{apps,packages}/**/*.{test,proof,screenshots,lighthouse}.{ts,tsx}', {
  cwd: repository,
  exclude: (name) => ['node_modules', '.next', 'dist'].includes(name),
})

/** `test('name'`, also with modifiers and a table before the name. */
const named =
  /^\s*(?:test|it)(?:\.\w+(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?)*\(\s*(['"`])((?:\\.|(?!\1)[^])*)\1/gm

/** The words of a name, without the placeholders of its table or template. */
function countWords(name: string): number {
  const literal = name.replaceAll(/\$\{[^}]*\}|%[sdifjoO#$]|\$[a-z][\w.]*/g, ' ')
  return literal.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0
}

test('the names of tests are found', () => {
  const names = files.flatMap((file) => Array.from(read(file).matchAll(named), ([, , name]) => name))
  expect(names).toContain('the names of tests are found')
  expect(names.length).toBeGreaterThan(1000)
})

test.each(files)('%s names each guarantee in at most 12 words', (file) => {
  const names = Array.from(read(file).matchAll(named), ([, , name = '']) => name)
  expect(names.filter((name) => countWords(name) > longestName)).toEqual([])
})
