import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { read, repository } from './documents.ts'

const pages = { cluster: 'high-availability.md', 'citus-cluster': 'citus.md' }

const files = Object.entries(pages).flatMap(([name, page]) => {
  const folder = join('packages/tooling/faults', name)
  return readdirSync(join(repository, folder)).map((file) => ({ page, file, folder }))
})

test.each(files)('the page $page has $file as it was run', ({ page, file, folder }) => {
  const [, section = ''] = read(join('apps/docs', page)).split(`### ${file}\n`)
  const [, fence] = /^```\w*\n(.*?)^```$/ms.exec(section) ?? []
  expect(fence).toBe(read(join(folder, file)))
})
