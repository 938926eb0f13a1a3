import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

const page = readFileSync(join(import.meta.dirname, '../../../docs/operation.md'), 'utf8')

/** The words of each documented command. The doctor judges the machine too, and may find faults. */
const commands = Array.from(page.matchAll(/^pnpm auth (.*)$/gm), ([, line = '']) =>
  Array.from(line.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, word = '']) => quoted ?? word),
).filter(([name]) => name !== 'doctor')

test('every command of the page of operation works, one after the other', async () => {
  expect(commands.length).toBeGreaterThan(8)
  for (const words of commands) {
    const isAdd = words.join(' ').startsWith('users add')
    const args = isAdd ? [...words, '--password-stdin'] : words
    const { code, stderr } = await service.run(args, isAdd ? 'a long passphrase of the test' : '')
    expect(code, `${words.join(' ')}: ${stderr}`).toBe(0)
  }
})
