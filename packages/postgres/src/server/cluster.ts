import { randomBytes } from 'node:crypto'
import { chown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Binaries } from '../binaries/binaries.ts'
import type { DataDir } from './data-dir.ts'
import { createLog, readLogTail } from './log.ts'
import { dataArgument, type RunAs } from '../binaries/run-as.ts'
import { spawnBound } from '../binaries/spawn-bound.ts'

const majorVersion = '18'

export type ClusterOptions = {
  binaries: Binaries
  runAs: RunAs | undefined
  /** Time to give up, in epoch milliseconds. */
  deadline: number
}

/**
 * Creates the cluster if it is absent. It is built beside its place and renamed when complete, so
 * that a partial cluster is never used. Remains of earlier attempts are removed. Call it with the
 * lock held.
 * @throws {Error} initdb failed, or the existing cluster is of another major version
 */
export async function createCluster(home: DataDir, options: ClusterOptions): Promise<void> {
  const draftPrefix = `${basename(home.clusterFolder)}.draft-`
  for (const name of await readdir(home.folder)) {
    if (name.startsWith(draftPrefix))
      await rm(join(home.folder, name), { recursive: true, force: true, maxRetries: 5 })
  }
  const version = await readFile(join(home.dataFolder, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version?.trim() === majorVersion) return
  if (version !== undefined) {
    throw new Error(
      `The data in ${home.folder} are of PostgreSQL ${version.trim()}, the server is ${majorVersion}. ` +
        'Dump them with the old version, or remove the folder.',
    )
  }
  const draft = join(home.folder, `${draftPrefix}${randomBytes(6).toString('hex')}`)
  await runInitdb(draft, home, options)
  await rename(draft, home.clusterFolder)
}

async function runInitdb(draft: string, home: DataDir, options: ClusterOptions): Promise<void> {
  const { binaries, runAs, deadline } = options
  const [data, password] = [join(draft, basename(home.dataFolder)), join(draft, basename(home.passwordFile))]
  await mkdir(data, { recursive: true, mode: 0o700 })
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (runAs) await Promise.all([data, password].map((path) => chown(path, runAs.uid, runAs.gid)))

  const [log, passwordInput] = await Promise.all([createLog(home.logFile), open(password, 'r')])
  const { child, ended } = await spawnBound(binaries.initdb, initdbArguments(dataArgument(data, runAs)), {
    cwd: data,
    runAs,
    stdio: [passwordInput.fd, log.fd, log.fd],
  }).finally(() => Promise.all([log.close(), passwordInput.close()]))
  const late = new AbortController()
  const status = await Promise.race([
    ended,
    delay(Math.max(0, deadline - Date.now()), 'too slow', { signal: late.signal }).catch(() => 'aborted'),
  ])
  late.abort()
  if (status === 0) return
  child.kill('SIGKILL')
  throw new Error(`initdb failed (${status}) in ${home.folder}. It said:\n${await readLogTail(home.logFile)}`)
}

/**
 * Passes the password through standard input: the account of initdb may have no access to a file's
 * path.
 */
function initdbArguments(data: string): string[] {
  const options = {
    '--pgdata': data,
    '--username': 'postgres',
    '--auth': 'scram-sha-256',
    '--pwfile': '/dev/stdin',
    '--encoding': 'UTF8',
    '--locale': 'C',
    '--locale-provider': 'builtin',
    '--builtin-locale': 'C.UTF-8',
  }
  return [...Object.entries(options).map(([name, value]) => `${name}=${value}`), '--no-instructions']
}
