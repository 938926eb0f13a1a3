import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vitepress'
import { expect, onTestFinished, test } from 'vitest'

test('a dead link within the site fails the build', async () => {
  const root = await mkdtemp(join(import.meta.dirname, 'site-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await writeFile(join(root, 'index.md'), '[Rest](rest.md)')
  await expect(build(root)).rejects.toThrow('dead link')
})
