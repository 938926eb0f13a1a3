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

/** A running program, with its children in their own process group. */
export interface Child {
  name: string
  /** Resolves to the way in which the program ended. */
  ended: Promise<string>
  /** Asks it to end, and kills it after `limitMs`. */
  stop(limitMs: number): Promise<void>
}

/**
 * Starts a Node program that ends with this process, in any case, and passes on each line that it
 * writes.
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

/** Signals the program and its children; an absent group is no error. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error
  }
}
