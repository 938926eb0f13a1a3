import { createOpenApiDocument } from '@pockitflyer/auth/openapi'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageDir, runTool } from './run.ts'
import { createScratchDir } from './scratch.ts'

const dir = await createScratchDir()

async function lint(name: string, linted: object) {
  const file = join(dir, `${name}.json`)
  await writeFile(file, JSON.stringify(linted))
  const config = join(packageDir, 'redocly.yaml')
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const { exitCode, stdout, stderr } = await runTool(
    'redocly',
    ['lint', file, `--config=${config}`, '--format=json'],
    quiet,
  )
  const report: unknown = JSON.parse(stdout || JSON.stringify({ stderr }))
  return { exitCode, report }
}

const document = await createOpenApiDocument()

test("the document breaks none of Redocly's recommended rules", async () => {
  expect(await lint('document', document)).toMatchObject({
    exitCode: 0,
    report: { totals: { errors: 0, warnings: 0, ignored: 0 }, problems: [] },
  })
})

test('a document that breaks one of them is refused', async () => {
  const { exitCode, report } = await lint('spoiled', { ...document, servers: [] })
  expect(exitCode).toBe(1)
  expect(report).toMatchObject({ problems: [{ ruleId: 'no-empty-servers', severity: 'error' }] })
})
