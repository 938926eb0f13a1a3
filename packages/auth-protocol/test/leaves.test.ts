import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const source = join(import.meta.dirname, '../src')

/** The packages that the files of a folder import. */
async function importsOf(folder: string): Promise<string[]> {
  const files = await readdir(join(source, folder))
  const texts = await Promise.all(files.map((file) => readFile(join(source, folder, file), 'utf8')))
  const names = texts.flatMap((text) =>
    [...text.matchAll(/(?:from|import) ?\(?'([^']+)'/g)].map(([, name = '']) => name),
  )
  return [...new Set(names)].filter((name) => !name.startsWith('.')).toSorted()
}

test.each([
  ['errors', []],
  ['claims', []],
  ['schemas', ['zod']],
])('%s imports no package but %j', async (folder, packages) => {
  expect(await importsOf(folder)).toEqual(packages)
})
