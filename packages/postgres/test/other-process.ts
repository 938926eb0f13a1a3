import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

export type OtherProcess = {
  child: ChildProcess
  /**
   * Resolves with its first line when it has started its server, rejects with its errors when it
   * ends before.
   */
  started: Promise<{ url: string; uid: number | undefined }>
  kill: () => Promise<void>
}

export type OtherProcessOptions = Pick<SpawnOptions, 'env' | 'uid' | 'gid'> & {
  node?: string
  folder?: string
}

/**
 * Runs a script of this folder (or of a copy of the package) in a Node process that ends with the
 * test.
 */
export function runScript(script: string, args: string[], options: OtherProcessOptions = {}): OtherProcess {
  const { node = process.execPath, folder = join(import.meta.dirname, '..'), ...account } = options
  const child = spawn(node, [join(folder, 'test', script), ...args], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  })
  const ended = once(child, 'exit').catch(() => undefined)
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  return { child, started: readFirstLine(child), kill }
}

async function readFirstLine(child: ChildProcess): Promise<{ url: string; uid: number | undefined }> {
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text))
  if (child.stdout) for await (const line of createInterface(child.stdout)) return parse(JSON.parse(line))
  throw new Error(`The process ended before its server had started: ${errors}`)
}

function parse(message: unknown): { url: string; uid: number | undefined } {
  if (typeof message !== 'object' || message === null || !('url' in message))
    throw new Error('unexpected output')
  return { url: String(message.url), uid: 'uid' in message ? Number(message.uid) : undefined }
}
