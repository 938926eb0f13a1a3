import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { giveToPostgres, startAsPostgres } from './postgres-account.ts'
import { nodeHost, type Place, readNodeEnv } from './cluster-files.ts'
import type { Program } from './programs.ts'

/** A node of a Patroni cluster: PostgreSQL, and Patroni beside it. */
export interface ClusterNode {
  name: string
  host: string
  /** `postgres://` URL of a database on this node, as superuser. */
  url(database: string): string
  /** Starts Patroni, which starts PostgreSQL. */
  start(): Promise<void>
  /** Kills Patroni and all of PostgreSQL at once, as a power cut does. */
  kill(): Promise<void>
  /** Stops all processes (SIGSTOP): connections stay open, and nothing answers. */
  freeze(): void
  thaw(): void
  /** Stops the WAL receiver of a standby: it falls behind. */
  freezeReceiver(): void
  /** Ends a stopped WAL receiver before it reads what waits for it. */
  endReceiver(): void
}

/** Prepares a node, counted from 1. */
export async function createNode(index: number, place: Place, configFile: string): Promise<ClusterNode> {
  const home = join(place.folder, `node${index}`)
  const env = await readNodeEnv(index, { ...place, folder: home })
  const data = env['PATRONI_POSTGRESQL_DATA_DIR'] ?? ''
  await mkdir(join(data, '..'), { recursive: true })
  giveToPostgres(home)
  let patroni: Program | undefined
  let receivers: number[] = []

  return {
    name: `node${index}`,
    host: nodeHost(index, place),
    url(database) {
      const { PATRONI_SUPERUSER_USERNAME: user, PATRONI_SUPERUSER_PASSWORD: password } = env
      return `postgres://${user}:${password}@${nodeHost(index, place)}:5432/${database}`
    },
    async start() {
      patroni = await startAsPostgres(env, 'patroni', configFile)
    },
    async kill() {
      patroni?.signal('SIGKILL')
      signalAll(stopPostgres(data), 'SIGKILL')
      await patroni?.stop()
    },
    freeze() {
      patroni?.signal('SIGSTOP')
      stopPostgres(data)
    },
    thaw() {
      signalAll(postgresPids(data), 'SIGCONT')
      patroni?.signal('SIGCONT')
    },
    freezeReceiver() {
      receivers = postgresPids(data).filter((pid) => readProc(pid, 'cmdline').includes('walreceiver'))
      if (receivers.length === 0) throw new Error(`node${index} receives no WAL.`)
      signalAll(receivers, 'SIGSTOP')
    },
    endReceiver() {
      signalAll(receivers, 'SIGTERM')
      signalAll(receivers, 'SIGCONT')
      receivers = []
    },
  }
}

/** Stops the postmaster first, so that it starts no other process meanwhile. */
function stopPostgres(data: string): number[] {
  signalAll(postgresPids(data).slice(0, 1), 'SIGSTOP')
  const pids = postgresPids(data)
  signalAll(pids, 'SIGSTOP')
  return pids
}

/** The postmaster and its children; none while it does not run. */
function postgresPids(data: string): number[] {
  const postmaster = Number(readFile(join(data, 'postmaster.pid')).split('\n')[0])
  if (!readProc(postmaster, 'cmdline').includes(data)) return []
  const children = readProc(postmaster, `task/${postmaster}/children`).trim().split(' ')
  return [postmaster, ...children.filter((pid) => pid !== '').map(Number)]
}

function readProc(pid: number, name: string): string {
  return readFile(`/proc/${pid}/${name}`)
}

/** Empty where there is no such file. */
function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Signals processes; those that are gone meanwhile do not matter. */
function signalAll(pids: number[], how: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, how)
    } catch {
      // It is gone.
    }
}
