import { composeCli } from './compose.ts'
import { run } from './run.ts'

/** The operator's tool as a process: the one file of this app that reads the environment. */
process.exitCode = await run(process.argv.slice(2), composeCli(process.env, process))
