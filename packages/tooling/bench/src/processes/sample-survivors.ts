import { writeFileSync } from 'node:fs'
import { type HeapProfiler, Session } from 'node:inspector'
import { survivorsFile } from './survivors-file.ts'

/**
 * Preloaded into a server with `--import`. At the first SIGUSR2 it begins to sample allocations; at
 * the second it writes the bytes of those that outlived the young generation to `survivorsFile`.
 */
const session = new Session()
session.connect()

process.once('SIGUSR2', () => {
  session.post('HeapProfiler.startSampling', {
    samplingInterval: 1024,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: false,
  })
  process.once('SIGUSR2', () => {
    session.post('HeapProfiler.stopSampling', (error, { profile }) => {
      if (error === null) writeFileSync(survivorsFile(process.pid), String(bytesOf(profile.head)))
    })
  })
})

function bytesOf({ selfSize, children }: HeapProfiler.SamplingHeapProfileNode): number {
  return children.reduce((sum, child) => sum + bytesOf(child), selfSize)
}
