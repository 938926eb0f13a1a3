import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { z } from 'zod'
import { testSecretKey } from '../src/testing.ts'

/** The API as a process of its own. */
export interface ApiProcess {
  url: string
  /** What it has printed so far. */
  output: () => string
  /** Ends it as a power cut would, and resolves when it is gone. */
  kill(): Promise<void>
  /** Asks it to end, and resolves to its exit code when it has. */
  stop(): Promise<number | null>
}

/** Starts `main.ts` on a free port and resolves when it listens. It is gone when the test is. */
export async function startProcess(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<ApiProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    env: {
      SECRET_KEY: testSecretKey,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      API_DOCS: 'false',
      RATE_LIMITS: 'off',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => killChild(child)
  onTestFinished(kill)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
  const url = () => /"url":"([^"]+)"/.exec(output)?.[1]
  await expect.poll(() => url() ?? output, { timeout: 30_000, interval: 5 }).toMatch(/^http/)
  return { url: url() ?? '', output: () => output, kill, stop: () => stopChild(child) }
}

async function killChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

async function stopChild(child: ChildProcess): Promise<number | null> {
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
  return child.exitCode
}

/** A refresh token that the Django service would mint for a user: its session is made when it is used first. */
export function djangoToken(userId: number): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    token_type: 'refresh',
    exp: now + 3600,
    iat: now,
    jti: randomUUID().replaceAll('-', ''),
    user_id: userId,
  }
  const content = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${content}.${createHmac('sha256', testSecretKey).update(content).digest('base64url')}`
}

const json = { 'Content-Type': 'application/json' }

const pair = z.object({ access: z.string(), refresh: z.string() })

/** What a refresh answered: `access` and `refresh` are empty when it was refused. */
export interface Refreshed extends z.output<typeof pair> {
  status: number
}

/** Refreshes over HTTP. @throws {TypeError} when no answer came */
export async function refreshAt(url: string, token: string): Promise<Refreshed> {
  const answer = await fetch(`${url}/api/users/token/refresh/`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ refresh: token }),
  })
  const body: unknown = await answer.json()
  const { access, refresh } = answer.ok ? pair.parse(body) : { access: '', refresh: '' }
  return { status: answer.status, access, refresh }
}

/** Logs out over HTTP and returns the status. */
export async function logoutAt(url: string, token: string): Promise<number> {
  const answer = await fetch(`${url}/api/users/token/blacklist/`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ refresh: token }),
  })
  await answer.arrayBuffer()
  return answer.status
}

/** Asks who an access token is of and returns the status. */
export async function meAt(url: string, token: string): Promise<number> {
  const answer = await fetch(`${url}/api/users/me/`, { headers: { Authorization: `Bearer ${token}` } })
  await answer.arrayBuffer()
  return answer.status
}

/** Does the work for every item, at most so many at once. */
export async function inParallel<Item>(
  items: Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: limit }, async () => {
      for (const item of queue) await work(item)
    }),
  )
}
