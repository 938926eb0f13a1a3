import { pbkdf2Sync, randomUUID } from 'node:crypto'
import type { ServiceErrorData } from '@pockitflyer/auth-protocol/errors'
import type { LoginResult, Session } from '@pockitflyer/auth-protocol/schemas'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { type Kysely, sql } from 'kysely'
import { afterAll, expect } from 'vitest'
import { z } from 'zod'
import { addUser } from '../../src/admin/add-user.ts'
import { type Auth, createAuth } from '../../src/auth.ts'
import { readAuthSettings } from '../../src/settings/settings.ts'
import { connect } from '../../src/db/postgres/connect.ts'
import { isCitus } from '../../src/db/postgres/engine.ts'
import type { Database } from '../../src/db/database.ts'
import { insertUserEmailAndProfile } from '../../src/db/by-engine.ts'
import { createContext } from '../../src/http/context.ts'
import { handleRest } from '../../src/http/rest.ts'
import { handleTrpc } from '../../src/http/trpc.ts'
import type { NewAccount } from '../../src/admin/new-account.ts'
import { secretKey } from './jwt.ts'

/** Opens the database of this test file, and closes and drops it when the file is done. */
export async function openDatabase(): Promise<{ url: string; db: Kysely<Database> }> {
  const database = await createTestDatabase()
  const db = connect({ url: database.url, poolSize: 20 })
  afterAll(async () => {
    await db.destroy()
    await database.drop()
  })
  return { url: database.url, db }
}

/** A whole answer: what two of them must be equal in to be the same for a client. */
export interface Answer {
  status: number
  headers: Record<string, string>
  text: string
  body: Body
}

/** What a body may hold; which of it does is what the tests find out. */
interface Body extends LoginResult {
  profile: Session['user']['profile']
  detail: string
  code: string
  request_id: string
  messages?: { message: string }[]
  result: { data: Body }
  error: { code: number; message: string; data: ServiceErrorData }
}

/** What a test sends with a request. `token` stands in `Authorization: Bearer`. */
interface Sent {
  token?: string | undefined
  headers?: Record<string, string>
}

/** What `report` heard. */
export interface Report {
  error: unknown
  requestId: string
  path: string
}

const origin = 'http://accounts.test'

/** The address that requests come from, as inet. */
export const clientAddress = '203.0.113.7'

/** Argon2's least costs: a hash takes a tenth of a millisecond, not twenty. */
const cheapHashes = { memoryKib: 8, timeCost: 1 }

const readTestSettings = (env: Record<string, string>) =>
  readAuthSettings({ SECRET_KEY: secretKey, RATE_LIMITS: 'off', ...env })

/** The account service with these settings, but cheap hashes, and its two transports. */
export async function createService(
  db: Kysely<Database>,
  env: Record<string, string> = {},
  now: () => Date = () => new Date(),
) {
  const settings = readTestSettings(env)
  return openTransports(
    await createAuth({ ...settings, passwords: { ...settings.passwords, ...cheapHashes } }, { db, now }),
  )
}

/** The account service with these settings and their hashes, for tests of the hashes. */
export async function createHashingService(db: Kysely<Database>, env: Record<string, string> = {}) {
  return openTransports(await createAuth(readTestSettings(env), { db }))
}

function openTransports(auth: Auth) {
  const reports: Report[] = []
  const transport = (handle: typeof handleRest) => async (request: Request) =>
    readAnswer(
      await handle(
        request,
        createContext(auth, request, request.headers.get('x-test-address') ?? clientAddress),
        (error, details) => reports.push({ error, ...details }),
      ),
    )
  const sendRest = transport(handleRest)
  const sendTrpc = transport(handleTrpc)
  const post = (path: string, body: unknown, sent: Sent = {}) =>
    sendRest(request('POST', `/api/users/${path}`, sent, JSON.stringify(body)))
  return {
    auth,
    reports,
    /** Sends any request to the REST transport. */
    rest: (method: string, path: string, sent: Sent = {}, body?: RequestInit['body']) =>
      sendRest(request(method, path, sent, body)),
    login: (email: unknown, password: unknown) => post('login/', { email, password }),
    refresh: (token: unknown) => post('token/refresh/', { refresh: token }),
    verify: (token: unknown) => post('token/verify/', { token }),
    logout: (token: unknown) => post('token/blacklist/', { refresh: token }),
    me: (token?: string, headers: Record<string, string> = {}) =>
      sendRest(request('GET', '/api/users/me/', { token, headers })),
    post,
    /** Calls a procedure through tRPC. */
    mutate: (procedure: string, input: unknown, sent: Sent = {}) =>
      sendTrpc(request('POST', `/api/trpc/${procedure}`, sent, JSON.stringify(input))),
    query: (procedure: string, sent: Sent = {}) => sendTrpc(request('GET', `/api/trpc/${procedure}`, sent)),
    sendTrpc,
  }
}

export type Service = Awaited<ReturnType<typeof createService>>

function request(
  method: string,
  path: string,
  { token, headers }: Sent,
  body?: RequestInit['body'],
): Request {
  return new Request(`${origin}${path}`, {
    method,
    headers: {
      ...(typeof body === 'string' ? { 'Content-Type': 'application/json' } : {}),
      'User-Agent': 'a test',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  })
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  const body = z.custom<Body>().parse(JSON.parse(text === '' ? 'null' : text))
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    body,
  }
}

/** The password of every account that a test does not give another. */
export const password = 'TestPass123!'

const nobody = { client: { ip: null, userAgent: null } }

/** Adds an account with an address of its own. */
export async function addAccount({ auth }: Service, account: Partial<NewAccount> = {}) {
  const email = account.email ?? `user-${randomUUID()}@example.com`
  const { id } = await addUser(auth, nobody, { password, is_active: true, ...account, email })
  return { id, email }
}

/** What Django's PBKDF2PasswordHasher stores. */
export function djangoPbkdf2(plain: string, rounds = 2000, salt = 'c0ffeeSalt'): string {
  return `pbkdf2_sha256$${rounds}$${salt}$${pbkdf2Sync(plain, salt, rounds, 32, 'sha256').toString('base64')}`
}

/** Adds an account whose stored hash came from elsewhere. */
export async function addAccountWithHash(db: Kysely<Database>, passwordHash: string) {
  const email = `user-${randomUUID()}@example.com`
  const user = await insertUserEmailAndProfile(
    db,
    {
      email,
      passwordHash,
      isActive: true,
      displayName: undefined,
      bio: undefined,
    },
    100_000,
  )
  if (user === undefined) throw new Error(`${email} is taken`)
  return { id: user.id, email }
}

/** Adds an account and logs it in. */
export async function logIn(service: Service, account: Partial<NewAccount> = {}) {
  const added = await addAccount(service, account)
  const { status, body } = await service.login(added.email, account.password ?? password)
  expect(status).toBe(200)
  return { ...added, refresh: body.refresh, access: body.access }
}

/** Every session of a user, the oldest first. */
export async function sessionsOf(db: Kysely<Database>, userId: number) {
  return db.selectFrom('sessions').selectAll().where('user_id', '=', userId).orderBy('created_at').execute()
}

/** The only session of a user. */
export async function sessionOf(db: Kysely<Database>, userId: number) {
  const [session, ...others] = await sessionsOf(db, userId)
  if (session === undefined || others.length > 0) throw new Error(`user ${userId} has not one session`)
  return session
}

/** The audit of a user, the oldest first. */
export async function eventsOf(db: Kysely<Database>, userId: number) {
  return db
    .selectFrom('auth_events')
    .select(['kind', 'session_id', 'ip', 'user_agent', 'detail'])
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()
}

/** SQL for a column's time, moved into the past: immutable, as Citus wants it in an update. */
export const earlier = (column: string, interval: string) =>
  sql<Date>`(${sql.ref(column)} at time zone 'UTC' - ${interval}::interval) at time zone 'UTC'`

/** Lets time pass for a user's sessions: every time of theirs moves into the past. */
export async function age(db: Kysely<Database>, userId: number, interval: string): Promise<void> {
  await db
    .updateTable('sessions')
    .set({
      rotated_at: earlier('rotated_at', interval),
      issued_at: earlier('issued_at', interval),
      created_at: earlier('created_at', interval),
      last_used_at: earlier('last_used_at', interval),
      expires_at: earlier('expires_at', interval),
      ends_at: earlier('ends_at', interval),
    })
    .where('user_id', '=', userId)
    .execute()
}

/** Waits until this many statements in the database wait for a lock. */
export async function waitForLockWaits(db: Kysely<Database>, count: number): Promise<void> {
  const deadline = Date.now() + 20_000
  const waits = (await isCitus(db))
    ? sql<{ waiting: number }>`select count(distinct waiting_gpid) as waiting from citus_lock_waits`
    : sql<{ waiting: number }>`
      select count(*) as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
  for (;;) {
    const { rows } = await waits.execute(db)
    if (Number(rows[0]?.waiting) >= count) return
    if (Date.now() > deadline) throw new Error(`never saw ${count} statements wait for a lock`)
  }
}
