import { startReplication } from '../src/replication.ts'

/** Freezes a standby and leaves without stopping anything. */
const { standby, url } = await startReplication()
await standby.freeze()
process.stdout.write(`${JSON.stringify({ url })}\n`)
