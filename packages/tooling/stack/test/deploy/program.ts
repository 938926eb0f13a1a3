import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { until } from '../dev-process.ts'
import type { Build } from './build.ts'

/** A program of the production folder that runs as its image would run it. */
export interface Program {
  pid: number
  output: () => string
  ended: Promise<number | null>
  kill: (signal: NodeJS.Signals) => void
}

const isRoot = process.getuid?.() === 0

/** As in compose.yaml: the file system is read-only, except an empty /tmp. */
const readOnly = ['unshare', '--mount', 'sh', '-c']
const mounts = 'mount -o remount,bind,ro / && mount -t tmpfs tmpfs /tmp && exec "$@"'
const canBeReadOnly =
  isRoot && spawnSync('unshare', [...readOnly.slice(1), mounts, 'sh', 'true']).status === 0

/** The user of the images. */
const nobody = 65_534

/** An ordinary user without a capability or a way to get one. */
const asUser = (id: number) => [
  'setpriv',
  `--reuid=${id}`,
  `--regid=${id}`,
  '--clear-groups',
  '--no-new-privs',
  '--inh-caps=-all',
]

/**
 * Starts the program of a stage with these settings and nothing else of this environment: as an
 * ordinary user, on a read-only file system where this machine allows it.
 */
export function startStage(
  build: Build,
  name: string,
  settings: Record<string, string>,
  command?: string[],
): Program {
  const stage = build.stages.get(name)
  if (stage === undefined) throw new Error(`The Dockerfile has no stage ${name}.`)
  const words = [...stage.entrypoint, ...(command ?? stage.command)]
  return startCommand(build.folder, words, { env: { ...stage.env, ...settings }, user: nobody })
}

/** Runs the health check of a stage, as Docker does, and returns its exit code. */
export async function checkHealth(
  build: Build,
  name: string,
  settings: Record<string, string>,
): Promise<number | null> {
  const stage = build.stages.get(name)
  const env = { ...stage?.env, ...settings }
  return startCommand(build.folder, stage?.healthcheck ?? [], { env, user: nobody }).ended
}

/** Starts a command in a folder as production would: as this user, where it can, read-only. */
export function startCommand(
  cwd: string,
  command: string[],
  { env, user }: { env: NodeJS.Dict<string>; user: number },
): Program {
  const [program = '', ...words] = [
    ...(canBeReadOnly ? [...readOnly, mounts, 'sh'] : []),
    ...(isRoot ? asUser(user) : []),
    ...command,
  ]
  const child = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()))
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended: once(child, 'close').then(() => child.exitCode),
    kill: (signal) => void child.kill(signal),
  }
}

/** Waits for the first 200 of a URL, and returns how long it took, in milliseconds. */
export async function startTime(url: string, program: Program): Promise<number> {
  const since = performance.now()
  const isUp = async () => {
    try {
      const answer = await fetch(url)
      await answer.arrayBuffer()
      return answer.ok
    } catch {
      return false
    }
  }
  let isOver = false
  void program.ended.then(() => (isOver = true))
  await until(async () => isOver || (await isUp()), `${url} does not answer`)
  if (isOver) throw new Error(program.output())
  return Math.round(performance.now() - since)
}

/** Returns the memory of a process (RSS), in megabytes. */
export function memoryOf({ pid }: Program): number {
  const [, kilobytes = ''] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1000)
}
