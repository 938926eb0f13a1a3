import { startTestServer } from '../src/testing.ts'

/** A test run that never ends by itself. */
const { template } = await startTestServer()
process.stdout.write(`${JSON.stringify({ url: template.serverUrl })}\n`)
setInterval(() => undefined, 60_000)
