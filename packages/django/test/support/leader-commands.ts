import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import type { SourceDatabase } from '../../src/source/connect-source.ts'

const answer = z.object({ error: z.string().nullable() })

/** A command of the operator: it brings over what changed, or changes the leader. */
export type Command = 'follow' | 'export' | 'switch to accounts' | 'switch to django'

/** Runs commands in a process of their own, which can be killed. */
export interface Commands {
  /** Runs a command to its end. Returns its error, or null. */
  run: (command: Command) => Promise<string | null>
  /**
   * Runs a command and kills its process after so many milliseconds. Resolves once PostgreSQL has
   * ended what the process began. Returns whether it was killed before its end.
   */
  kill: (command: Command, afterMs: number) => Promise<boolean>
  stop: () => Promise<void>
}

/** Creates the commands between two databases. `db` is of the same PostgreSQL. */
export function createCommands(db: SourceDatabase, urls: { django: string; here: string }): Commands {
  let running: Promise<ChildProcess> | undefined

  async function start(): Promise<ChildProcess> {
    const child = fork(join(import.meta.dirname, 'leader-process.ts'), [urls.django, urls.here])
    await next(child)
    return child
  }
  async function send(command: Command): Promise<{ child: ChildProcess; ended: Promise<string | null> }> {
    running ??= start()
    const child = await running
    child.send(command)
    return { child, ended: next(child) }
  }
  return {
    run: async (command) => (await send(command)).ended,
    async kill(command, afterMs) {
      const { child, ended } = await send(command)
      const isKilled = await Promise.race([ended.then(() => false), wait(afterMs, true)])
      if (!isKilled) return false
      ended.catch(() => {})
      running = undefined
      child.kill('SIGKILL')
      await once(child, 'exit')
      while (await hasConnections(db, child.pid)) await wait(5)
      return true
    },
    async stop() {
      const child = await running
      child?.disconnect()
      if (child) await once(child, 'exit')
    },
  }
}

/** Resolves to the error of the next answer. */
async function next(child: ChildProcess): Promise<string | null> {
  const ended = new AbortController()
  const exited = () => ended.abort(new Error('The process has ended.'))
  child.once('exit', exited)
  const messages: unknown[] = await once(child, 'message', { signal: ended.signal })
  child.off('exit', exited)
  return answer.parse(messages[0]).error
}

async function hasConnections(db: SourceDatabase, pid: number | undefined): Promise<boolean> {
  const { rows } = await sql`
    select from pg_stat_activity where application_name like ${`leader-process-${pid}%`}`.execute(db)
  return rows.length > 0
}
