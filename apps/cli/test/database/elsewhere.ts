import { dirname, join } from 'node:path'
import { composeCli } from '../../src/compose.ts'
import { run } from '../../src/run.ts'

// The tool as src/main.ts composes it, but with a development database of the test.
const [developmentDataDir = '', ...args] = process.argv.slice(2)
const dataDir = dirname(developmentDataDir)
const cli = composeCli({ ...process.env, DATA_DIR: dataDir }, process)
process.exitCode = await run(args, {
  ...cli,
  secretFiles: { ...cli.secretFiles, env: join(dataDir, '.env') },
  developmentDataDir,
})
