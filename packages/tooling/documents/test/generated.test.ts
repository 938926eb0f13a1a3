import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generatedPages } from '../src/pages.ts'
import { repository } from './documents.ts'

test.each(Object.entries(generatedPages()))('%s is what the schemas generate', (name, text) => {
  // Differs? Run `pnpm docs:generate` and commit the page.
  expect(readFileSync(join(repository, 'apps/docs', name), 'utf8')).toBe(text)
})
