import { dirname, join } from 'node:path'
import { keySettings, readSettings } from '@pockitflyer/auth'
import { createOutput } from '../src/output/output.ts'
import { run } from '../src/run.ts'
import { readCliSettings } from '../src/settings.ts'

// The tool as src/main.ts composes it, but with a development database of the test.
const [developmentDataDir = '', ...args] = process.argv.slice(2)
process.exitCode = await run(args, {
  readSettings: () => readCliSettings(process.env),
  readKeySettings: () => readSettings(keySettings, process.env),
  environment: process.env,
  secretFiles: {
    signingKey: join(dirname(developmentDataDir), 'signing-key'),
    secretKey: join(dirname(developmentDataDir), 'secret-key'),
    env: join(dirname(developmentDataDir), '.env'),
  },
  developmentDataDir,
  stdin: process.stdin,
  stdout: createOutput(process.stdout),
  stderr: createOutput(process.stderr),
})
