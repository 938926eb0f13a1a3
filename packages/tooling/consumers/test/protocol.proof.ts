import { expect, test } from 'vitest'
import { createFreshApp } from './support/fresh-app.ts'

test('the packed protocol compiles strictly and runs outside the repository', async () => {
  const app = await createFreshApp('apps/protocol')
  expect(await app.run('tsc', ['--pretty', 'false'])).toBe('')
  const said: unknown = JSON.parse(await app.run('node', ['main.ts']))
  expect(said).toEqual([401, false, { token: 'abc' }])
})
