import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { spawnProgram, type TestProcess } from '@pockitflyer/server/testing'
import type { ReceivedMail } from '@pockitflyer/testing/smtp'
import { expect, onTestFinished } from 'vitest'
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
      start('apps/api/src/main.ts', { RATE_LIMITS: 'off', PORT: '0', ...own }),
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

/** Sends JSON to a procedure of REST, and returns the status, the headers and the tokens. */
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
  return {
    status: answer.status,
    headers: answer.headers,
    ...tokens.parse(text === '' ? {} : JSON.parse(text)),
  }
}

interface Account {
  email: string
  password: string
}

let accounts = 0

/** Registers a user. */
export async function register(api: RunningProgram): Promise<Account> {
  accounts += 1
  const account = { email: `ada-${accounts}@example.com`, password: 'a long passphrase of the test' }
  expect((await post(api, 'register', { ...account, display_name: 'Ada' })).status).toBe(201)
  return account
}

/** Waits for the mail with a link for this email, and returns the token of the link. */
export async function readLink(mails: ReceivedMail[], email: string): Promise<string> {
  const tokens = () =>
    mails
      .filter(({ recipients }) => recipients.includes(email))
      .flatMap(({ text = '' }) => /[?]t=([\w.-]+)/.exec(text)?.[1] ?? [])
  await expect.poll(tokens, { timeout: 30_000 }).toHaveLength(1)
  return tokens()[0] ?? ''
}
