import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type DataDir, openDataDir } from '../server/data-dir.ts'
import { databaseUrl } from '../server/database.ts'
import type { OwnServer } from '../server/own-server.ts'
import { clusterName } from '../server/server-processes.ts'
import { createMemoryFolder } from '../test-server/memory-folder.ts'
import { startInFolder } from '../test-server/memory-server.ts'
import { killAll, stopAll, type StoppedProcesses, stopReceiver } from './processes.ts'
import { type Settings, writeSettings, writeStandbySignal } from './settings.ts'
import { isTrue, query, until } from './wait-until.ts'

/**
 * A server that replicates to others or from another. Each method throws after 60 s without
 * success.
 */
export type ReplicatedServer = {
  /** `postgres://` URL of the database, as superuser. It stays the same after a restart. */
  url: string
  port: number
  /** Starts it again after `stop` or `kill`. */
  start: () => Promise<void>
  /** Shuts it down. A running standby receives everything first. */
  stop: () => Promise<void>
  /** Kills all of its processes at once. Committed data is there after the next start. */
  kill: () => Promise<void>
  /**
   * Stops all of its processes (SIGSTOP): connections stay open, the kernel accepts new ones, and
   * nothing answers.
   */
  freeze: () => Promise<void>
  thaw: () => void
  /**
   * Stops the WAL receiver. The primary goes on and answers; this standby receives nothing more.
   */
  stopReceiver: () => Promise<void>
  /** Resumes the WAL receiver, which then receives everything that it missed. */
  continueReceiver: () => void
  /**
   * Makes a standby the primary and resolves when it accepts writes. Data that its stopped receiver
   * has not read is lost.
   */
  promote: () => Promise<void>
  /**
   * Restarts it as a standby of another server, after a stop. Its history must not be ahead of that
   * server's.
   */
  follow: (primary: ReplicatedServer) => Promise<void>
  /** Stops it for a second, copies its folder and resolves to a standby that streams. */
  addStandby: () => Promise<ReplicatedServer>
  /** Resolves when it has replayed everything that the primary has written so far. */
  catchUp: (primary: ReplicatedServer) => Promise<void>
  /** Changes settings of postgresql.conf and resolves when new connections use them. */
  configure: (settings: Settings) => Promise<void>
  /** Stops it for good and removes its folder. */
  remove: () => Promise<void>
}

const run = promisify(execFile)

/**
 * No fsync, since no power cut comes. The rest is PostgreSQL's default: these tests are about what
 * a commit waits for.
 */
const startSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  wal_retrieve_retry_interval: '100ms',
}

/** Starts a server on a copy of another's data, or on new data. */
export async function startReplicatedServer(
  database: string,
  { copyOf, settings = {} }: { copyOf?: DataDir; settings?: Settings } = {},
): Promise<ReplicatedServer> {
  const folder = await createMemoryFolder()
  try {
    const home = await openDataDir(folder.path)
    if (copyOf) {
      await run('cp', ['-a', copyOf.clusterFolder, home.clusterFolder])
      await writeStandbySignal(home)
      await writeSettings(home, settings)
    }
    const running = await startInFolder(home, startSettings)
    return createServer({ database, home, running, settings, removeFolder: folder.remove })
  } catch (error) {
    await folder.remove()
    throw error
  }
}

type State = {
  database: string
  home: DataDir
  running: OwnServer
  settings: Settings
  removeFolder: () => Promise<void>
}

async function createServer(state: State): Promise<ReplicatedServer> {
  const { home, database } = state
  const { port } = state.running
  const url = databaseUrl(state.running.url, database)
  const name = await clusterName(home.dataFolder)
  let frozen: StoppedProcesses | undefined
  let receiver: StoppedProcesses | undefined

  const change = async (settings: Settings) => {
    state.settings = { ...state.settings, ...settings }
    await writeSettings(home, state.settings)
  }
  const server: ReplicatedServer = {
    url,
    port,
    async start() {
      state.running = await startInFolder(home, startSettings)
      if (state.running.port !== port) throw new Error(`Port ${port} was taken by another process meanwhile.`)
    },
    async stop() {
      server.thaw()
      server.continueReceiver()
      await state.running.stop()
    },
    async kill() {
      await killAll(name)
      server.thaw()
      server.continueReceiver()
      await state.running.stop()
    },
    async freeze() {
      frozen ??= await stopAll(name)
    },
    thaw() {
      frozen?.resume()
      frozen = undefined
    },
    async stopReceiver() {
      receiver ??= await stopReceiver(name)
    },
    continueReceiver() {
      receiver?.resume()
      receiver = undefined
    },
    async promote() {
      await query(url, 'SELECT pg_promote(wait => false)')
      receiver?.resume('SIGTERM')
      receiver = undefined
      await until(`${url} is promoted`, async () => isTrue(url, 'SELECT NOT pg_is_in_recovery() AS yes'))
    },
    async follow(primary) {
      await server.stop()
      await writeStandbySignal(home)
      await change(followSettings(primary))
      await server.start()
      await untilStreams(primary, port)
    },
    async addStandby() {
      await server.stop()
      const settings = followSettings(server)
      const standby = await startReplicatedServer(database, { copyOf: home, settings }).finally(server.start)
      await untilStreams(server, standby.port)
      return standby
    },
    async catchUp(primary) {
      const [row] = await query(primary.url, 'SELECT pg_current_wal_lsn()::text AS lsn')
      const asks = `SELECT pg_last_wal_replay_lsn() >= '${String(row?.['lsn'])}' AS yes`
      await until('the standby has replayed all', () => isTrue(url, asks))
    },
    async configure(settings) {
      await change(settings)
      await query(url, 'SELECT pg_reload_conf()')
      await until('the settings are read', async () => {
        const asks = Object.entries(settings).map(([key, value]) => `current_setting('${key}') = '${value}'`)
        return isTrue(url, `SELECT ${asks.join(' AND ')} AS yes`)
      })
    },
    async remove() {
      await server.stop()
      await state.removeFolder()
    },
  }
  return server
}

/** The standby's name at its primary is its own port. */
function followSettings({ url }: ReplicatedServer): Settings {
  const { hostname, port, username, password } = new URL(url)
  return {
    primary_conninfo: `host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}`,
    synchronous_standby_names: '',
  }
}

async function untilStreams(primary: ReplicatedServer, port: number): Promise<void> {
  const asks = `SELECT count(*) > 0 AS yes FROM pg_stat_replication WHERE state = 'streaming'`
  await until(`the standby on port ${port} streams`, () => isTrue(primary.url, asks))
}
