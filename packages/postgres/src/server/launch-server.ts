import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from '../binaries/binaries.ts'
import type { DataDir } from './data-dir.ts'
import { createLog, readLogTail } from './log.ts'
import { poll } from './poll.ts'
import { dataArgument, type RunAs } from '../binaries/run-as.ts'
import { stopServerProcesses } from './server-processes.ts'
import { spawnBound } from '../binaries/spawn-bound.ts'

export type LaunchOptions = {
  binaries: Binaries
  runAs: RunAs | undefined
  port: number
  /** Marks every process of the server in the process list. */
  name: string
  settings: Record<string, string> | undefined
  deadline: number
}

export type Launch =
  | { kind: 'ready'; exited: Promise<void>; stop: () => Promise<void> }
  /**
   * Another process took the port meanwhile, or an earlier server still holds the data: try again.
   */
  | { kind: 'lost'; error: Error }
  | { kind: 'failed'; error: Error }

const lostMessages =
  /Address already in use|pre-existing shared memory block|lock file "postmaster.pid" already exists/

/** Starts `postgres` and waits until it accepts connections, exits, or the deadline passes. */
export async function launchServer(home: DataDir, options: LaunchOptions): Promise<Launch> {
  const { binaries, runAs, name, deadline } = options
  const log = await createLog(home.logFile)
  const { child, ended } = await spawnBound(binaries.postgres, serverArguments(home, options), {
    cwd: home.dataFolder,
    runAs,
    stdio: ['ignore', log.fd, log.fd],
  }).finally(() => log.close())

  let gone = false
  const exited = ended.then(() => void (gone = true))
  const killAtExit = () => void child.kill('SIGINT')
  process.once('exit', killAtExit)
  void exited.then(() => process.off('exit', killAtExit))
  const stop = async () => {
    if (gone) return
    child.ref()
    await stopServerProcesses(name)
    await exited
  }

  const isReady = async () => gone || (await readStatus(home, child.pid)) === 'ready'
  const decided = await poll(isReady, { timeoutMs: deadline - Date.now(), everyMs: 20 })
  if (decided && !gone) {
    child.unref()
    return { kind: 'ready', exited, stop }
  }
  await stop()
  const tail = await readLogTail(home.logFile)
  const what = decided ? 'PostgreSQL ended at its start' : 'PostgreSQL did not get ready in time'
  const error = new Error(`${what} (data in ${home.folder}). The end of its log:\n${tail}`)
  return { kind: decided && lostMessages.test(tail) ? 'lost' : 'failed', error }
}

function serverArguments(home: DataDir, { runAs, port, name, settings }: LaunchOptions): string[] {
  const all: Record<string, string> = {
    cluster_name: name,
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  }
  return [
    '-D',
    dataArgument(home.dataFolder, runAs),
    ...Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ]
}

/**
 * Returns the eighth line of postmaster.pid: starting, ready, stopping. The first line is the
 * process id, which must be this one.
 */
async function readStatus(home: DataDir, pid: number | undefined): Promise<string | undefined> {
  const lines = await readFile(join(home.dataFolder, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  )
  return lines[0] === String(pid) ? lines[7]?.trim() : undefined
}
