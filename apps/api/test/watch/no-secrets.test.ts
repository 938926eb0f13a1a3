import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { startCollector } from './collector.ts'
import { openDatabase, password } from '../database.ts'
import { djangoToken, startProcess } from '../processes.ts'
import { testSecretKey } from '../../src/testing.ts'

const database = await openDatabase()
const { db } = database

const tokens = z.object({ access: z.string(), refresh: z.string() }).partial()

/** A client of a running API that remembers every secret that it sent or was given. */
function createClient(url: string) {
  const secrets = new Set([testSecretKey])

  /** Sends a request and returns the tokens of its answer, if any. */
  async function send(method: string, path: string, init: Omit<RequestInit, 'method'> = {}) {
    const answer = await fetch(`${url}${path}`, { method, ...init })
    const text = await answer.text()
    const pair = answer.ok && text.startsWith('{') ? tokens.parse(JSON.parse(text)) : {}
    const { access = '', refresh = '' } = pair
    for (const token of [access, refresh]) if (token !== '') addToken(token)
    return { access, refresh }
  }

  /** A token counts as told when its payload or its signature is. */
  const addToken = (token: string): string => {
    for (const part of token.split('.').slice(1)) secrets.add(part)
    return token
  }

  return {
    secrets,
    addToken,
    send,
    /** A password that no other request bears. */
    inventPassword: (): string => {
      const invented = `Secret-${randomUUID()}`
      secrets.add(invented)
      return invented
    },
    post: (path: string, body: unknown, token?: string) =>
      send('POST', path, {
        headers: {
          'Content-Type': 'application/json',
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    get: (path: string, token: string) =>
      send('GET', path, { headers: { Authorization: `Bearer ${token}` } }),
  }
}

type Client = ReturnType<typeof createClient>

/** Every flow there is, well and badly used, with the secrets also where they do not belong. */
async function useEverything(client: Client, email: string): Promise<void> {
  const { addToken, get, inventPassword, post, secrets, send } = client
  const logIn = (secret: string) => post('/api/users/login/', { email, password: secret })
  secrets.add(password)
  for (const path of ['/api/users/login/', '/api/trpc/auth.login']) {
    await post(path, { email, password: inventPassword() })
    await post(path, { email: inventPassword(), password: inventPassword() })
    await post(path, { email: [inventPassword()], password: { [inventPassword()]: inventPassword() } })
    await post(path, `{"email": "${email}", "password": "${inventPassword()}`)
    await post(path, { email, password: inventPassword().repeat(40) })
    await post(path, { email, password: inventPassword().repeat(2000) })
    await post(`${path}?password=${inventPassword()}`, { email, password })
  }
  await send('POST', '/api/users/login/', {
    body: new URLSearchParams({ email, password: inventPassword() }),
  })
  await send('POST', `/api/users/${inventPassword()}/`)

  const one = await logIn(password)
  const two = await logIn(password)
  const next = await post('/api/users/token/refresh/', { refresh: one.refresh })
  await post('/api/trpc/auth.refresh', { refresh: one.refresh })
  await db
    .updateTable('sessions')
    .set({ rotated_at: new Date(0) })
    .execute()
  await post('/api/users/token/refresh/', { refresh: one.refresh })
  await post('/api/users/token/refresh/', { refresh: addToken(djangoToken(999_999)) })
  await post('/api/users/token/verify/', { token: next.access })
  await get(`/api/trpc/auth.me?input=${encodeURIComponent(JSON.stringify(next.refresh))}`, next.access)
  await get(`/api/users/me/?token=${next.access}`, next.access)
  await get('/api/users/me/', next.refresh)
  await get('/api/users/sessions/', next.access)
  await send('DELETE', `/api/users/sessions/${next.access}/`, {
    headers: { Authorization: `Bearer ${next.access}` },
  })

  const change = (current_password: string, new_password: string) =>
    post('/api/users/password/change/', { current_password, new_password }, next.access)
  const chosen = inventPassword()
  await change(inventPassword(), inventPassword())
  await change(password, chosen)
  const three = await logIn(chosen)
  await post('/api/users/sessions/end-others/', {}, three.access)
  await post('/api/users/token/blacklist/', { refresh: three.refresh })
  await post('/api/users/token/blacklist/', { refresh: two.refresh })
  const four = await logIn(chosen)
  await post('/api/users/sessions/end-all/', {}, four.access)
}

/** What fails at PostgreSQL, with a row in its message: the hash of the password stands in it. */
async function useBroken(client: Client, email: string, userId: number): Promise<void> {
  const { refresh, access } = await client.post('/api/users/login/', { email, password })
  await sql`alter table users add constraint never check (last_login_at < '1970-01-01') not valid`.execute(db)
  await client.post('/api/users/login/', { email, password })
  await client.post('/api/trpc/auth.login', { email, password })
  await sql`alter table users drop constraint never`.execute(db)
  for (const table of ['sessions', 'auth_events', 'users']) {
    await sql`alter table ${sql.table(table)} rename to away`.execute(db)
    await client.post('/api/users/login/', { email, password })
    await client.post('/api/users/token/refresh/', { refresh })
    await client.post('/api/users/token/refresh/', { refresh: client.addToken(djangoToken(userId)) })
    await client.post('/api/users/token/blacklist/', { refresh })
    await client.get(`/api/users/me/?token=${access}`, access)
    await sql`alter table away rename to ${sql.table(table)}`.execute(db)
  }
}

async function readRows(): Promise<string> {
  const { rows } = await sql<{ row: string }>`
    select to_jsonb(u)::text as row from (select id, email, is_active from users) u
    union all select to_jsonb(p)::text from profiles p
    union all select to_jsonb(s)::text from sessions s
    union all select to_jsonb(e)::text from auth_events e`.execute(db)
  return rows.map(({ row }) => row).join('\n')
}

test('no secret reaches any row, log line, metric or trace', async () => {
  const collector = await startCollector()
  const api = await startProcess(database.url, {
    LOG_LEVEL: 'debug',
    NODE_ENV: 'production',
    METRICS_PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  })
  const client = createClient(api.url)
  const [user, other] = [await database.addUser(), await database.addUser()]
  await useEverything(client, user.email)
  await useBroken(client, other.email, other.id)
  const hashes = await db.selectFrom('users').select('password_hash').execute()
  for (const { password_hash: hash } of hashes)
    for (const part of hash.split('$').slice(-2)) client.secrets.add(part)

  const metricsUrl = /"metricsUrl":"([^"]+)"/.exec(api.output())?.[1] ?? ''
  const metrics = await (await fetch(metricsUrl)).text()
  await api.kill('SIGTERM')
  const [rows, log, traces] = [await readRows(), api.output(), collector.text()]
  expect(client.secrets.size).toBeGreaterThan(60)
  expect(rows.split('\n').length).toBeGreaterThan(20)
  expect(log).toContain('violates check constraint')
  expect(metrics).toContain('/api/users/sessions/{id}')
  expect(traces).toContain('/api/users/sessions/{id}')
  for (const secret of client.secrets) {
    expect(rows, 'a row').not.toContain(secret)
    expect(log, 'the log').not.toContain(secret)
    expect(metrics, 'the metrics').not.toContain(secret)
    expect(traces, 'the traces').not.toContain(secret)
  }
})
