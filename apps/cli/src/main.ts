import { fileURLToPath } from 'node:url'
import { createOutput } from './output/output.ts'
import { run } from './run.ts'
import { readCliSettings } from './settings.ts'

/** The composition of the operator's tool: the one file of this app that reads the environment. */
process.exitCode = await run(process.argv.slice(2), {
  readSettings: () => readCliSettings(process.env),
  developmentDataDir: fileURLToPath(new URL('../../../.data/postgres', import.meta.url)),
  stdin: process.stdin,
  stdout: createOutput(process.stdout),
  stderr: createOutput(process.stderr),
})
