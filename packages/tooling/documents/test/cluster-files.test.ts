import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { read, repository } from './documents.ts'

const folder = 'packages/tooling/faults/cluster'

test.each(readdirSync(join(repository, folder)))(
  'the page "High availability" has %s as it was run',
  (name) => {
    const page = read('apps/docs/high-availability.md')
    const [, section = ''] = page.split(`### ${name}\n`)
    const [, fence] = /^```\w*\n(.*?)^```$/ms.exec(section) ?? []
    expect(fence).toBe(read(join(folder, name)))
  },
)
