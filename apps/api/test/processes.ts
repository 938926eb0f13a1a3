import { createHmac, randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { type ApiProcess, startApiProcess, testSecretKey } from '../src/testing.ts'

/** Starts the API as a process of its own, on a free port. It is gone when the test is. */
export async function startProcess(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<ApiProcess> {
  const started = await startApiProcess(databaseUrl, env)
  onTestFinished(async () => void (await started.kill()))
  return started
}

/**
 * A refresh token that the Django service would mint for a user: its session is made when it is
 * used first.
 */
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
