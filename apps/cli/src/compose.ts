import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keySettings } from '@pockitflyer/auth/admin'
import { readSettings } from '@pockitflyer/server/settings'
import type { Cli, Environment, Stdin } from './cli.ts'
import { createOutput } from './output/output.ts'
import { readCliSettings } from './settings.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

interface Streams {
  stdin: Stdin
  stdout: NodeJS.WritableStream
  stderr: NodeJS.WritableStream
}

/** Composes the operator's tool from an environment and three streams. */
export function composeCli(environment: Environment, { stdin, stdout, stderr }: Streams): Cli {
  const dataDir = environment['DATA_DIR'] || join(repository, '.data')
  return {
    readSettings: () => readCliSettings(environment),
    readKeySettings: () => readSettings(keySettings, environment),
    environment,
    secretFiles: {
      signingKey: join(dataDir, 'signing-key'),
      secretKey: join(dataDir, 'secret-key'),
      env: join(repository, '.env'),
    },
    developmentDataDir: join(dataDir, 'postgres'),
    stdin,
    stdout: createOutput(stdout),
    stderr: createOutput(stderr),
  }
}
