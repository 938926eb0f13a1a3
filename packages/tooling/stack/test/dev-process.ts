import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../src/dev.ts', import.meta.url))

/** A `dev` that runs with data of its own. */
export interface Dev {
  process: ChildProcess
  webUrl: string
  apiUrl: string
  flyersUrl: string
  inboxUrl: string
  output: () => string
}

/** Starts `dev` and waits for its summary. */
export async function startDev(dataDir: string, env: Record<string, string> = {}): Promise<Dev> {
  const child = spawn(process.execPath, [entry], {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      PORT: '18000',
      WEB_PORT: '13000',
      FLYERS_PORT: '18100',
      WORKER_PORT: '18200',
      INBOX_PORT: '18300',
      INBOX_SMTP_PORT: '18400',
      DATABASE_URL: '',
      DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await until(
    () => text.includes('Ctrl-C stops everything') || child.exitCode !== null,
    `dev did not start: ${text}`,
  )
  const [webUrl = '', apiUrl = '', flyersUrl = '', inboxUrl = ''] = [
    /Web\s+(\S+)/,
    /API\s+(http\S+)/,
    /Flyers\s+(\S+)/,
    /Inbox\s+(\S+)/,
  ].map((pattern) => pattern.exec(text)?.[1])
  return { process: child, webUrl, apiUrl, flyersUrl, inboxUrl, output: () => text }
}

/** Sends a signal, waits for the end and tells how long it took, in milliseconds. */
export async function stopDev(dev: Dev, signal: NodeJS.Signals): Promise<number> {
  const since = performance.now()
  const ended = once(dev.process, 'exit')
  dev.process.kill(signal)
  await ended
  return performance.now() - since
}

/** Waits for a condition. */
export async function until(isMet: () => boolean | Promise<boolean>, failure: string): Promise<void> {
  const deadline = Date.now() + 180_000
  while (!(await isMet())) {
    if (Date.now() > deadline) throw new Error(failure)
    await pause(25)
  }
}

interface ProcessInfo {
  pid: number
  parent: number
  command: string
}

function listProcesses(): ProcessInfo[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, parent = '0'] = /\) \S (\d+)/.exec(readFileSync(join('/proc', name, 'stat'), 'utf8')) ?? []
        const command = readFileSync(join('/proc', name, 'cmdline'), 'utf8').replaceAll('\0', ' ')
        return [{ pid: Number(name), parent: Number(parent), command }]
      } catch {
        return []
      }
    })
}

/** Everything that a process has started, and what that has started. */
export function descendantsOf(pid: number): ProcessInfo[] {
  const all = listProcesses()
  const children = (parent: number): ProcessInfo[] =>
    all.filter((info) => info.parent === parent).flatMap((info) => [info, ...children(info.pid)])
  return children(pid)
}

/** Tells whether a process still runs; one that has ended and waits for its parent does not. */
export function isAlive({ pid, command }: ProcessInfo): boolean {
  return command !== '' && listProcesses().some((info) => info.pid === pid && info.command === command)
}
