import '@pockitflyer/server/compile-cache'

/** The operator's tool as a process: the one file of this app that reads the environment. */
const { composeCli } = await import('./compose.ts')
const { run } = await import('./run.ts')
process.exitCode = await run(process.argv.slice(2), composeCli(process.env, process))
