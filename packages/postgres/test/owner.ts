import { startPostgres } from '../src/index.ts'

/** Owns a server like `dev` does: says where it is, then stays or leaves without stopping it. */
const [dataDir = '', then = 'stay'] = process.argv.slice(2)
const { url, port } = await startPostgres({ dataDir, database: 'accounts' })
process.stdout.write(`${JSON.stringify({ url, port, uid: process.getuid?.() })}\n`)
if (then === 'stay') setInterval(() => undefined, 60_000)
