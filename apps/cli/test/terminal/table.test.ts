import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createOutput } from '../../src/output/output.ts'
import { createTable } from '../../src/output/table.ts'
import { mainFile, runProcess } from '../support/run-cli.ts'

test('a table is cut off at the width of the terminal', () => {
  const table = createTable(['ID', 'NAME'], 12)
  expect(
    table([
      ['1', 'a name too long'],
      ['2', '日本日本日本'],
      ['3', 'fits here'],
    ]),
  ).toEqual(['ID  NAME', '1   a name…', '2   日本日…', '3   fits he…'])
})

test('a pipe has no width, so that nothing is cut off', () => {
  expect(createOutput(new PassThrough()).columns).toBeUndefined()
  expect(createTable(['ID'], undefined)([['x'.repeat(500)]])[1]).toHaveLength(500)
})

test('a shell completes commands and choices, one line each', async () => {
  const complete = async (...words: string[]) => (await runProcess([mainFile, 'complete', ...words])).stdout
  expect(await complete('bash')).toContain('complete -F')
  const users = await complete('--', 'users', '')
  expect(users).toMatch(/^delete\tdelete a user for good$/m)
  expect(users).not.toContain('With --json')
  expect(await complete('--', 'events', '--kind', 'login_')).toMatch(/^login_failed\b/m)
})
