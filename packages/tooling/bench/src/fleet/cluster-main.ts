import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'

/**
 * The primary process of `node:cluster`: starts the program of its first argument as often as the
 * second says, on one port, and ends with the last of them.
 */
const [program = '', count = String(availableParallelism())] = process.argv.slice(2)
cluster.setupPrimary({ exec: program, args: [] })
for (let started = 0; started < Number(count); started += 1) cluster.fork()
process.on('SIGTERM', () => {
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM')
})
