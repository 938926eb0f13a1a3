import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keySettings, readSettings } from '@pockitflyer/auth'
import { createOutput } from './output/output.ts'
import { run } from './run.ts'
import { readCliSettings } from './settings.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

/** The composition of the operator's tool: the one file of this app that reads the environment. */
const dataDir = process.env['DATA_DIR'] || join(repository, '.data')

process.exitCode = await run(process.argv.slice(2), {
  readSettings: () => readCliSettings(process.env),
  readKeySettings: () => readSettings(keySettings, process.env),
  environment: process.env,
  secretFiles: {
    signingKey: join(dataDir, 'signing-key'),
    secretKey: join(dataDir, 'secret-key'),
    env: join(repository, '.env'),
  },
  developmentDataDir: join(dataDir, 'postgres'),
  stdin: process.stdin,
  stdout: createOutput(process.stdout),
  stderr: createOutput(process.stderr),
})
