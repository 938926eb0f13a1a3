import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { documents, read, repository } from './documents.ts'

/** The files that a page of the site shows. */
const imports = documents.flatMap((page) =>
  Array.from(read(page).matchAll(/^<<< (\S+)$/gm), ([, path = '']) => ({
    page,
    file: join(dirname(page), path),
  })),
)

test.each(imports)('$page shows $file as it is tested', ({ file }) => {
  expect(existsSync(join(repository, file))).toBe(true)
})

test('every line that imports a file is understood', () => {
  const lines = documents.flatMap((page) => read(page).match(/^<<<.*$/gm) ?? [])
  expect(lines.length).toBe(imports.length)
  expect(lines.length).toBeGreaterThan(10)
})
