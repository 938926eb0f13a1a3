import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { spawnProgram, type TestProcess } from '@pockitflyer/server/testing'
import { onTestFinished } from 'vitest'
import { z } from 'zod'

const run = promisify(execFile)

type Settings = Record<string, string>

/** A program of a checkout that listens. A test that does not stop it kills it. */
export interface RunningProgram extends Pick<TestProcess, 'output'> {
  url: string
  /** Stops it as a supervisor does, and resolves to its exit code. */
  stop: () => Promise<number | null>
}

/** The API, the worker and the operator's tool of one checkout. They get these settings alone. */
export function openCheckout(folder: string, settings: Settings) {
  async function start(main: string, ownSettings: Settings): Promise<RunningProgram> {
    const program = spawnProgram(join(folder, main), { ...settings, ...ownSettings })
    onTestFinished(() => void program.kill())
    return { url: await program.listens(), output: program.output, stop: () => program.kill('SIGTERM') }
  }
  return {
    startApi: (own: Settings = {}) =>
      start('apps/api/src/main.ts', { PORT: '0', RATE_LIMITS: 'off', ...own }),
    startWorker: (own: Settings = {}) => start('apps/worker/src/main.ts', { WORKER_PORT: '0', ...own }),
    /** Runs a command of the operator's tool. Rejects when it fails. */
    async auth(...args: string[]): Promise<string> {
      const main = join(folder, 'apps/cli/src/main.ts')
      const { stdout } = await run(process.execPath, [main, ...args], { env: settings })
      return stdout
    },
  }
}

/** Returns the status of a GET. */
export async function get(
  { url }: Pick<RunningProgram, 'url'>,
  path: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const answer = await fetch(url + path, { headers })
  await answer.text() // An answer left unread would hold up the server's stop.
  return answer.status
}

const tokens = z.object({ access: z.string().default(''), refresh: z.string().default('') })

/** Sends JSON to a procedure of REST, and returns the status and the tokens of its answer. */
export async function post(
  { url }: Pick<RunningProgram, 'url'>,
  path: string,
  body: object,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(`${url}/api/users/${path}/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  return { status: answer.status, ...tokens.parse(text === '' ? {} : JSON.parse(text)) }
}
