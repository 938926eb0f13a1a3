import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { documents, read, repository } from './documents.ts'

/** The files, with their regions, that a page of the site shows. */
const imports = documents.flatMap((page) =>
  Array.from(read(page).matchAll(/^<<< ([^#\s]+)(?:#(\S+))?$/gm), ([, path = '', region]) => ({
    page,
    file: join(dirname(page), path),
    region,
  })),
)

test.each(imports)('$page shows $file $region as it is tested', ({ file, region }) => {
  expect(file).toMatch(/^packages\/tooling\/consumers\/(?:apps|generated)\//)
  expect(existsSync(join(repository, file))).toBe(true)
  if (region !== undefined) {
    expect(read(file)).toMatch(new RegExp(`// #region ${region}\\n[^]*// #endregion ${region}\\n`))
  }
})

test('every line that imports a file is understood', () => {
  const lines = documents.flatMap((page) => read(page).match(/^<<<.*$/gm) ?? [])
  expect(lines.length).toBe(imports.length)
  expect(lines.length).toBeGreaterThan(10)
})
