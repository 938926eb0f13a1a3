import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { otherGroups } from '../src/other-settings.ts'
import { generatedPages } from '../src/pages.ts'
import { repository } from './documents.ts'

test.each(Object.entries(generatedPages()))('%s is what the schemas generate', (name, text) => {
  // Differs? Run `pnpm docs:generate` and commit the page.
  expect(readFileSync(join(repository, 'apps/docs', name), 'utf8')).toBe(text)
})

const tasks = z.object({ tasks: z.object({ build: z.object({ env: z.array(z.string()) }) }) })

test('a build gets the settings that the page names for it', () => {
  // Turbo hides every other variable from a task.
  const { build } = tasks.parse(JSON.parse(readFileSync(join(repository, 'turbo.json'), 'utf8'))).tasks
  const group = otherGroups.find(({ title }) => title === 'Builds of the web app')
  expect(build.env).toEqual(group?.settings.map(({ name }) => name))
})
