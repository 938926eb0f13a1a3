import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { errorCode } from '@pockitflyer/postgres-pool/error-code'
import { compileCacheFolder } from '@pockitflyer/server/compile-cache'

/** A program to start. */
export interface Program {
  name: string
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
}

/** A program that runs, with its children in a process group of their own. */
export interface Child {
  name: string
  /** Kept when the program ends; says how. */
  ended: Promise<string>
  /** Asks it to end, and after `limitMs` makes it. */
  stop(limitMs: number): Promise<void>
}

/**
 * Starts a Node program that ends when this process does, however that ends, and hands on each line
 * that it writes.
 */
export function startChild({ name, args, cwd, env }: Program, onLine: (line: string) => void): Child {
  const exitWithParent = `--import=${new URL('./exit-with-parent.ts', import.meta.url).href}`
  const child = spawn(process.execPath, args, {
    cwd,
    env: {
      NODE_COMPILE_CACHE: compileCacheFolder,
      ...env,
      NODE_OPTIONS: [env['NODE_OPTIONS'], exitWithParent].filter(Boolean).join(' '),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine)
  const ended = once(child, 'exit').then(
    ([code, signal]) => `${name} ended (${signal ?? `exit code ${code}`})`,
  )
  return {
    name,
    ended,
    async stop(limitMs) {
      signalGroup(child, 'SIGTERM')
      const limit = setTimeout(() => signalGroup(child, 'SIGKILL'), limitMs)
      await ended
      clearTimeout(limit)
      signalGroup(child, 'SIGKILL')
    },
  }
}

/** Signals the program and all that it started; a group that is gone is no error. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}
