import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createFullService } from '../users/many-users.ts'
import { bareEnvironment, mainFile } from '../support/run-cli.ts'
import type { Service } from '../support/service.ts'

const run = promisify(execFile)

let service: Service
beforeAll(async () => {
  service = await createFullService()
})
afterAll(() => service.close())

test.each([['users list --json'], ['--help']])(
  'a reader that stops early (%s | head) is no failure',
  async (args) => {
    const command = `{ '${process.execPath}' '${mainFile}' ${args}; echo "code $?" >&2; } | head -n 1`
    const { stdout, stderr } = await run('sh', ['-c', command], { env: bareEnvironment(service.env) })
    expect([stdout.split('\n').length, stderr]).toEqual([2, 'code 0\n'])
  },
)
