import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keySettings, readSettings } from '@pockitflyer/auth'
import { createOutput } from './output/output.ts'
import { run } from './run.ts'
import { readCliSettings } from './settings.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

/** The composition of the operator's tool: the one file of this app that reads the environment. */
process.exitCode = await run(process.argv.slice(2), {
  readSettings: () => readCliSettings(process.env),
  readKeySettings: () => readSettings(keySettings, process.env),
  developmentDataDir: join(process.env['DATA_DIR'] || join(repository, '.data'), 'postgres'),
  stdin: process.stdin,
  stdout: createOutput(process.stdout),
  stderr: createOutput(process.stderr),
})
