import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findBinaries } from '../binaries/binaries.ts'
import { userForData } from '../binaries/run-as.ts'
import { createCluster } from '../server/cluster.ts'
import { type DataDir, openDataDir } from '../server/data-dir.ts'
import { tryLock } from '../server/lock.ts'

const run = promisify(execFile)

const cacheFolder = join(import.meta.dirname, '../../node_modules/.cache/clusters')

/**
 * Copies a cluster that initdb made earlier, at a tenth of initdb's second of CPU time. Copies
 * share the password. Does nothing where a cluster exists or none can be copied: the start then
 * runs initdb.
 */
export async function copyCluster(home: DataDir, cache = cacheFolder): Promise<void> {
  if (await exists(home.dataFolder)) return
  await tryCopy(home, cache).catch(() => undefined)
}

async function tryCopy(home: DataDir, cache: string): Promise<void> {
  const made = await makeOnce(cache)
  if (made === undefined) return
  const draft = `${home.clusterFolder}.draft-copy`
  await run('cp', ['-a', made.clusterFolder, draft])
  await rename(draft, home.clusterFolder)
}

/**
 * Returns the cluster to copy, one for each account and build; undefined while another process
 * makes it.
 */
async function makeOnce(cache: string): Promise<DataDir | undefined> {
  const runAs = await userForData(cache)
  const binaries = await findBinaries(runAs)
  const build = createHash('sha256').update(binaries.initdb).digest('hex').slice(0, 16)
  const made = await openDataDir(join(cache, `${process.getuid?.() ?? 0}-${build}`))
  if (await exists(made.dataFolder)) return made
  const lock = tryLock(made.lockFile)
  if (lock === undefined) return undefined
  try {
    await createCluster(made, { binaries, runAs, deadline: Date.now() + 60_000 })
  } finally {
    lock.release()
  }
  return made
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
