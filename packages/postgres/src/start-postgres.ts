import { setTimeout as delay } from 'node:timers/promises'
import { type DataDir, openDataDir } from './server/data-dir.ts'
import { createDatabase, databaseUrl, isServerAway } from './server/database.ts'
import { tryLock } from './server/lock.ts'
import { readLogTail } from './server/log.ts'
import { type OwnServerOptions, ownServer } from './server/own-server.ts'
import { findRunningServer } from './server/running-server.ts'

export type StartPostgresOptions = {
  /**
   * Folder of this server alone, created with mode 700 if absent. It holds all files of the server.
   */
  dataDir: string
  /** Name of the database that `url` leads to, created if absent. */
  database: string
  /** Longest total wait for the server's answer. Default 60. */
  startTimeoutSeconds?: number
}

export type Postgres = {
  /** `postgres://` URL of the database, with its password. */
  url: string
  /** TCP port on 127.0.0.1. */
  port: number
  /**
   * Shuts the server down and resolves when its last process is gone: fast shutdown, after 2 s an
   * immediate one, after 5 s SIGKILL. Safe to call twice. Does nothing when the server belongs to
   * another process.
   */
  stop: () => Promise<void>
}

/**
 * Starts embedded PostgreSQL 18 with its data below `dataDir` and resolves when `database` answers.
 *
 * The first start creates the cluster (UTF8, builtin locale C.UTF-8, so that `lower()` knows all of
 * Unicode; UTC). It listens on 127.0.0.1 only, on the port of the last start or, when that one is
 * taken, on a free one. Every account of the machine can reach a TCP port, so the server asks for a
 * random password (SCRAM), which lies beside the data with mode 600; a Unix socket would need none,
 * but its path ends at 107 bytes and few clients take one in a URL.
 *
 * One process owns the server at a time. While it lives, other processes that start the same
 * `dataDir` get the same URL and a `stop()` that does nothing. When the owner dies, the server dies
 * with it where setpriv (util-linux) exists; otherwise the next start stops it. After any
 * kill, the next start recovers the committed data.
 *
 * As root the server runs as the owner of the data, at first user 65534, since PostgreSQL
 * refuses root. On Linux it reaches its data through the working directory it is given, so parents
 * of `dataDir` may be closed to it (mode 700).
 *
 * The server does not keep the event loop alive, and leaves at the end of the process if `stop()`
 * was not called.
 *
 * @throws {Error} the platform has no binaries, `dataDir` is not usable, or nothing answered in
 *   time; the message says what to do and ends with the tail of the server's log.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<Postgres> {
  const { dataDir, database, startTimeoutSeconds = 60 } = options
  const deadline = Date.now() + startTimeoutSeconds * 1000
  const home = await openDataDir(dataDir)
  for (;;) {
    const lock = tryLock(home.lockFile)
    const postgres = lock ? await own(home, database, { lock, deadline }) : await adopt(home, database)
    if (postgres) return postgres
    if (Date.now() > deadline) {
      throw new Error(
        `Another process is starting or running PostgreSQL in ${home.folder}, and its server did not answer within ` +
          `${startTimeoutSeconds} s. Stop that process. The end of the log:\n${await readLogTail(home.logFile)}`,
      )
    }
    await delay(100)
  }
}

async function own(home: DataDir, database: string, options: OwnServerOptions): Promise<Postgres> {
  const { url, port, stop } = await ownServer(home, options)
  try {
    await createDatabase(url, database)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: databaseUrl(url, database), port, stop }
}

/**
 * Returns undefined while the other process's server does not answer: then the caller checks the
 * lock again.
 */
async function adopt(home: DataDir, database: string): Promise<Postgres | undefined> {
  const server = await findRunningServer(home)
  if (!server) return undefined
  try {
    await createDatabase(server.url, database)
  } catch (error) {
    if (isServerAway(error)) return undefined
    throw error
  }
  return { url: databaseUrl(server.url, database), port: server.port, stop: () => Promise.resolve() }
}
