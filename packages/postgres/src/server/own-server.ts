import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findBinaries } from '../binaries/binaries.ts'
import { createCluster } from './cluster.ts'
import type { DataDir } from './data-dir.ts'
import { serverUrl } from './database.ts'
import { launchServer } from './launch-server.ts'
import type { Lock } from './lock.ts'
import { choosePort, writePort } from './port.ts'
import { userForData } from '../binaries/run-as.ts'
import { clusterName, stopServerProcesses } from './server-processes.ts'

export type OwnServer = { url: string; port: number; stop: () => Promise<void> }

export type OwnServerOptions = {
  lock: Lock
  /** Time to give up, in epoch milliseconds. */
  deadline: number
  /** postgresql.conf settings of this start. */
  settings?: Record<string, string>
}

/**
 * Runs the server of a folder while the caller holds its lock. Releases the lock when the server
 * ends or fails to start.
 */
export async function ownServer(home: DataDir, options: OwnServerOptions): Promise<OwnServer> {
  const { lock } = options
  try {
    return await recoverAndLaunch(home, options)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function recoverAndLaunch(
  home: DataDir,
  { lock, deadline, settings }: OwnServerOptions,
): Promise<OwnServer> {
  const runAs = await userForData(home.dataFolder)
  const binaries = await findBinaries(runAs)
  await createCluster(home, { binaries, runAs, deadline })
  const name = await clusterName(home.dataFolder)
  for (;;) {
    await stopServerProcesses(name)
    await rm(join(home.dataFolder, 'postmaster.pid'), { force: true })
    const port = await choosePort(home.portFile)
    await writePort(home.portFile, port)
    const outcome = await launchServer(home, { binaries, runAs, port, name, settings, deadline })
    if (outcome.kind === 'ready') {
      void outcome.exited.then(() => lock.release())
      const url = serverUrl({ port, password: await readFile(home.passwordFile, 'utf8') })
      return { url, port, stop: outcome.stop }
    }
    if (outcome.kind === 'failed' || Date.now() > deadline) throw outcome.error
  }
}
