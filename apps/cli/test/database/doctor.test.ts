import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { readSettings } from '@pockitflyer/server/settings'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { checkCombinations } from '../../src/commands/doctor/check-combinations.ts'
import { judgeRegularJobs } from '../../src/commands/doctor/check-jobs.ts'
import { checkKeys } from '../../src/commands/doctor/check-keys.ts'
import { checkNeighbours } from '../../src/commands/doctor/check-neighbours.ts'
import { judgeCertificate } from '../../src/commands/doctor/check-url.ts'
import type { Finding } from '../../src/commands/doctor/finding.ts'
import { judgeClock, judgePool } from '../../src/commands/doctor/check-database.ts'
import { serviceSettings } from '../../src/commands/doctor/read-service-settings.ts'
import { judgeEventMonths } from '../../src/commands/doctor/check-event-months.ts'
import { judgeUserIds } from '../../src/commands/doctor/check-user-ids.ts'
import { judgeHashSpeed } from '../../src/commands/doctor/check-hash-speed.ts'
import { runCli } from '../support/run-cli.ts'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
  await prunedAt(new Date())
})
afterAll(() => service.close())

/** Records that a worker pruned then. */
async function prunedAt(at: Date): Promise<void> {
  const table = 'graphile_worker._private_known_crontabs'
  await service.db
    .$extendTables<Record<typeof table, { identifier: string; known_since: Date; last_execution: Date }>>()
    .insertInto(table)
    .values({ identifier: 'prune_sessions', known_since: at, last_execution: at })
    .execute()
}

const finding = z.strictObject({
  level: z.enum(['ok', 'remark', 'warning', 'error']),
  check: z.string(),
  text: z.string(),
  fix: z.string().nullable(),
})

const secretKey = 'qH8vT2mZrX5kLw9cYb3nEdJp7sGaUf4oKtR6xVhQ'

/** Settings of a production with which nothing is wrong. */
const sound = () => ({
  ...service.env,
  NODE_ENV: 'production',
  SECRET_KEY: secretKey,
  BLACKLIST_AFTER_ROTATION: 'true',
  TRUSTED_PROXIES: '10.0.0.1',
  SMTP_URL: 'smtp://mail.example',
  EMAIL_VERIFICATION: 'required',
})

/** A checkout of the test's own, in which there is nothing yet. */
async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'doctor-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

async function examine(env: Record<string, string>, { args = new Array<string>(), folder = '/none' } = {}) {
  const files = {
    secretFiles: {
      signingKey: join(folder, 'signing-key'),
      secretKey: join(folder, 'secret-key'),
      env: join(folder, '.env'),
    },
    developmentDataDir: join(folder, 'postgres'),
  }
  const { code, stdout, stderr } = await runCli(['doctor', '--json', ...args], { env, files })
  expect(stderr).toBe('')
  const findings = stdout
    .trim()
    .split('\n')
    .map((line) => finding.parse(JSON.parse(line)))
  for (const { level, fix } of findings) expect(fix === null).toBe(level === 'ok')
  // How fast a hash is depends on the machine of the test, and has a test of its own.
  const bad = findings
    .filter(({ level, check }) => level !== 'ok' && check !== 'hash speed')
    .map(({ level, check }) => `${level} ${check}`)
  return { code, stdout, findings, bad }
}

test('of a sound production nothing is told but that all is well', async () => {
  const { code, findings, bad } = await examine(sound())
  expect([code, bad]).toEqual([0, []])
  expect(findings.map(({ check }) => check)).toEqual([
    'settings',
    'SECRET_KEY',
    'combinations',
    'database',
    'migrations',
    'user ids',
    'mails',
    'events',
    'worker',
    'clock',
    'pool',
    'stored hashes',
    'hash speed',
  ])
})

test('without --json a table shows each fix below its finding', async () => {
  const { code, stdout, stderr } = await runCli(['doctor'], { env: { ...sound(), RATE_LIMITS: 'off' } })
  expect([code, stderr]).toEqual([1, ''])
  expect(stdout).toMatch(/^LEVEL +CHECK +FINDING\nok +settings +can be read\n/)
  expect(stdout).toMatch(/^error +RATE_LIMITS +are off: .*\n {2,}fix: RATE_LIMITS=on$/m)
})

test('unusable settings are findings with fixes, and the database is still checked', async () => {
  const env = { ...service.env, SECRET_KEY: 'short', ACCESS_TOKEN_LIFETIME: 'soon', PORT: 'x' }
  const { code, findings, bad } = await examine(env)
  expect([code, bad]).toEqual([1, ['error SECRET_KEY', 'error ACCESS_TOKEN_LIFETIME', 'error PORT']])
  expect(findings[0]).toEqual({
    level: 'error',
    check: 'SECRET_KEY',
    text: 'must be at least 32 bytes',
    fix: 'make one with: openssl rand -base64 48',
  })
  expect(findings.map(({ check }) => check)).toContain('migrations')
})

/** What the doctor says of settings before it asks the database. */
function judge(changes: Record<string, string>) {
  const env = { ...sound(), ...changes }
  const settings = readSettings(serviceSettings, env)
  return [...checkKeys(settings), ...checkCombinations(settings, env)]
}

const badOf = (findings: Finding[]) =>
  findings.filter(({ level }) => level !== 'ok').map(({ level, check }) => `${level} ${check}`)

test.each([
  ['repeats a letter', 'a'.repeat(64)],
  ['repeats a word', 'secret'.repeat(8)],
  ['is the one of an example', 'django-insecure-4$k2v^j8q!m0z7w@x1c5n9b3l6h#f'],
  ['is the one of an example', 'change-me-qH8vT2mZrX5kLw9cYb3nEdJp7sGaUf4o'],
])('a SECRET_KEY that %s is an error, and is not printed', (_, weak) => {
  const findings = judge({ SECRET_KEY: weak })
  expect(badOf(findings)).toEqual(['error SECRET_KEY'])
  expect(JSON.stringify(findings)).not.toContain(weak)
})

test.each(['0123456789abcdef', 'f3a91c07d5be2468', '7e10b94c2f6d8a35'])(
  'a SECRET_KEY of 32 hexadecimal digits passes: %s…',
  (digits) => {
    expect(badOf(judge({ SECRET_KEY: `${digits}9c4e1b7a05d382f6` }))).toEqual([])
  },
)

test('keys that a rotation left behind are remarked', async () => {
  const signing = (await runCli(['keys', 'generate', '--json'])).stdout.trim()
  const other = (await runCli(['keys', 'generate', '--json'])).stdout
  const { d: _secret, ...former } = z.record(z.string(), z.string()).parse(JSON.parse(other))
  const env = {
    ...sound(),
    SIGNING_KEY: signing,
    VERIFYING_KEYS: JSON.stringify({ keys: [former] }),
    ISSUER: 'https://a.example',
    AUDIENCE: 'b',
  }
  const { code, bad } = await examine(env)
  expect([code, bad]).toEqual([0, ['remark SECRET_KEY', 'remark VERIFYING_KEYS']])
})

test.each<[Record<string, string>, string]>([
  [{ NODE_ENV: '' }, 'remark NODE_ENV'],
  [{ RATE_LIMITS: 'off' }, 'error RATE_LIMITS'],
  [{ API_DOCS: 'true' }, 'remark API_DOCS'],
  [{ BLACKLIST_AFTER_ROTATION: 'false' }, 'remark BLACKLIST_AFTER_ROTATION'],
  [{ ACCESS_TOKEN_LIFETIME: '7d', REFRESH_TOKEN_LIFETIME: '1d' }, 'warning ACCESS_TOKEN_LIFETIME'],
  [{ ACCESS_TOKEN_LIFETIME: '8d', REFRESH_TOKEN_LIFETIME: '9d' }, 'warning ACCESS_TOKEN_LIFETIME'],
  [{ SESSION_MAX_LIFETIME: '2d' }, 'warning SESSION_MAX_LIFETIME'],
  [{ REFRESH_REUSE_GRACE: '1h' }, 'warning REFRESH_REUSE_GRACE'],
  [{ LEEWAY: '1h' }, 'warning LEEWAY'],
  [{ TRUSTED_PROXIES: '' }, 'warning TRUSTED_PROXIES'],
  [{ METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0' }, 'remark METRICS_HOST'],
  [{ EMAIL_VERIFICATION: 'off' }, 'remark EMAIL_VERIFICATION'],
  [{ EMAIL_VERIFICATION: 'optional' }, 'remark EMAIL_VERIFICATION'],
])('of the settings %j nothing is told but: %s', (env, expected) => {
  expect(badOf(judge(env))).toEqual([expected])
})

test('two consents to another email need verified emails', () => {
  expect(badOf(judge({ EMAIL_CHANGE: 'both' }))).toEqual([])
  expect(badOf(judge({ EMAIL_CHANGE: 'both', EMAIL_VERIFICATION: 'off' }))).toEqual([
    'remark EMAIL_VERIFICATION',
    'remark EMAIL_CHANGE',
  ])
})

test.each<[Record<string, string>, number, string]>([
  [{ SECRET_KEY: 'a'.repeat(64) }, 1, 'error SECRET_KEY'],
  [{ API_DOCS: 'true' }, 0, 'remark API_DOCS'],
  [{ TRUSTED_PROXIES: '' }, 0, 'warning TRUSTED_PROXIES'],
  [{ TRUSTED_PROXIES: '10.0.0.1, 0.0.0.0/0' }, 1, 'error TRUSTED_PROXIES'],
  [{ TRUSTED_PROXIES: '::/0' }, 1, 'error TRUSTED_PROXIES'],
  [{ DATABASE_POOL_SIZE: '9999' }, 0, 'warning pool'],
])('%j exits with %i: %s', async (env, code, expected) => {
  const found = await examine({ ...sound(), ...env })
  expect([found.code, found.bad]).toEqual([code, [expected]])
  expect(found.stdout).not.toContain(env['SECRET_KEY'] ?? secretKey)
})

test('--strict exits with 1 on a warning, and not on a remark', async () => {
  const strict = { args: ['--strict'] }
  expect(await examine({ ...sound(), LEEWAY: '1h' }, strict)).toMatchObject({ code: 1 })
  const remarked = await examine({ ...sound(), API_DOCS: 'true' }, strict)
  const isSlowHere = remarked.findings.some(({ level }) => level === 'warning')
  expect(remarked.code).toBe(isSlowHere ? 1 : 0)
})

test('an absent database is reported with its host, never its password', async () => {
  const away = { ...sound(), DATABASE_URL: 'postgres://ada:sesame@127.0.0.1:1/accounts' }
  const { code, bad, stdout } = await examine(away)
  expect([code, bad]).toEqual([1, ['error database']])
  expect(stdout).toContain('127.0.0.1:1')
  const remote = await examine({ ...sound(), DATABASE_URL: 'postgres://ada:sesame@accounts.invalid/a' })
  expect(remote.bad).toEqual(['warning DATABASE_URL', 'error database'])
  const container = { ...sound(), DATABASE_URL: 'postgres://ada:sesame@accounts-invalid/a' }
  expect((await examine(container)).bad).toEqual(['remark DATABASE_URL', 'error database'])
  const safe = await examine({
    ...sound(),
    DATABASE_URL: 'postgres://ada:sesame@accounts.invalid/a?sslmode=verify-full',
  })
  expect(safe.bad).toEqual(['error database'])
  for (const text of [stdout, remote.stdout, safe.stdout]) {
    expect(text).not.toContain('sesame')
    expect(text).not.toContain(secretKey)
  }
})

test('missing migrations are an error, with the command that applies them', async () => {
  await service.db.schema.dropTable('kysely_migration').execute()
  onTestFinished(async () => {
    await service.db.schema.dropSchema('public').cascade().execute()
    await service.db.schema.createSchema('public').execute()
    await migrateToLatest(service.db)
  })
  const { code, findings } = await examine(sound())
  expect(code).toBe(1)
  const migrations = findings.find(({ check }) => check === 'migrations')
  expect(migrations).toMatchObject({ level: 'error', fix: 'pnpm auth migrate' })
  expect(migrations?.text).toMatch(/^are missing: 2026-11-22-accounts, /)
})

test('a changed collation under an index is an error, with its SQL', async () => {
  const setVersion = (datcollversion: string) =>
    service.db
      .$extendTables<{ pg_database: { datname: string; datcollversion: string } }>()
      .updateTable('pg_database')
      .set({ datcollversion })
      .where('datname', '=', new URL(service.env.DATABASE_URL).pathname.slice(1))
      .execute()
  await setVersion('0')
  onTestFinished(async () => void (await setVersion('1')))
  const { code, bad, findings } = await examine(sound())
  expect([code, bad]).toEqual([1, ['error collation']])
  const fix = findings.find(({ check }) => check === 'collation')?.fix
  expect(fix).toMatch(/^REINDEX DATABASE CONCURRENTLY (\S+); ALTER DATABASE \1 REFRESH COLLATION VERSION;$/)
})

test('what only the version before needs is named until contracted', async () => {
  const index = service.db.schema.createIndex('sessions_id_idx').on('sessions').column('id')
  await index.execute()
  const { code, bad, findings } = await examine(sound())
  expect([code, bad]).toEqual([0, ['remark migrations']])
  expect(findings.find(({ level }) => level === 'remark')?.fix).toMatch(/^pnpm auth migrate --contract/)
  expect((await service.run(['migrate', '--contract'])).code).toBe(0)
  expect((await examine(sound())).bad).toEqual([])
})

test('users who share a folded email are reported', async () => {
  const owner = await service.addUser('Ida@bücher.example')
  const collided = async (email: string) => {
    const row = { email, password_hash: '!' }
    const added = await service.db.insertInto('users').values(row).returning('id').executeTakeFirstOrThrow()
    await service.db.insertInto('profiles').values({ user_id: added.id }).execute()
    return added.id
  }
  const ids = [await collided('ida@xn--bcher-kva.example'), await collided('ida@ｂücher.example')]
  onTestFinished(async () => {
    await service.db
      .deleteFrom('users')
      .where('id', 'in', [owner.id, ...ids])
      .execute()
  })
  await service.run(['users', 'show', 'ida@bücher.example'])
  expect((await examine(sound())).bad).toEqual(['remark emails', 'warning emails'])
  const { stdout } = await service.run(['users', 'collisions', '--json'])
  const owned = {
    folded_email: 'ida@xn--bcher-kva.example',
    owner_id: owner.id,
    owner_email: 'Ida@bücher.example',
  }
  const lines = stdout.trim().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { id: ids[0], email: 'ida@xn--bcher-kva.example', ...owned, can_log_in: false },
    { id: ids[1], email: 'ida@ｂücher.example', ...owned, can_log_in: true },
  ])
  expect((await service.run(['users', 'collisions'])).stdout).toMatch(/ no\n.* with this spelling\n$/)
})

test('user ids near their end, or blind to failovers, are warned of', () => {
  const levels = (last: number, isOriginKnown = true) =>
    judgeUserIds({ last, isOriginKnown }).map(({ level }) => level)
  expect(levels(0)).toEqual(['ok'])
  expect(levels(2 ** 31 - 1 - 214_748_364)).toEqual(['ok'])
  expect(levels(2 ** 31 - 214_748_364)).toEqual(['warning'])
  expect(levels(2 ** 31 - 1)).toEqual(['error'])
  expect(levels(0, false)).toEqual(['ok', 'warning'])
})

test('a readable secret file is reported with the command that closes it', async () => {
  const folder = await createFolder()
  const keyFile = join(folder, 'secret-key')
  await writeFile(keyFile, secretKey)
  await writeFile(join(folder, '.env'), '', { mode: 0o600 })
  for (const [mode, code, level, fix] of [
    [0o600, 0, 'ok', null],
    [0o640, 0, 'warning', `chmod 600 '${keyFile}'`],
    [0o644, 1, 'error', `chmod 600 '${keyFile}'`],
  ] as const) {
    await chmod(keyFile, mode)
    const { findings, ...finished } = await examine(sound(), { folder })
    expect(finished.code).toBe(code)
    const files = findings.filter(({ check }) => check === 'files')
    expect(files.map(({ level, fix }) => [level, fix])).toEqual([
      [level, fix],
      ['ok', null],
    ])
  }
})

test('in development the key of pnpm dev is the one checked', async () => {
  const folder = await createFolder()
  await writeFile(join(folder, 'secret-key'), `${secretKey}\n`, { mode: 0o600 })
  const { code, findings, bad } = await examine(service.env, { folder })
  expect([code, bad.filter((one) => !one.startsWith('remark'))]).toEqual([0, []])
  expect(findings).toContainEqual({
    level: 'ok',
    check: 'SECRET_KEY',
    text: 'is strong: 40 bytes',
    fix: null,
  })
  expect(await examine(service.env)).toMatchObject({ code: 1, bad: ['error SECRET_KEY'] })
})

test('a clock, pool or hash that is off is a warning', () => {
  expect(judgeClock(-4.9).level).toBe('ok')
  expect(judgeClock(5.1)).toMatchObject({ level: 'warning', text: 'is 5.1 s behind that of the database' })
  expect(judgeClock(-60)).toMatchObject({ text: 'is 60.0 s ahead of that of the database' })
  expect(judgePool({ connectionsMax: 97 }, 97).level).toBe('ok')
  expect(judgePool({ connectionsMax: 97 }, 98)).toMatchObject({
    level: 'warning',
    fix: 'DATABASE_POOL_SIZE=48',
  })
  const cost = { memoryKib: 19456, timeCost: 2 }
  expect([10, 100].map((ms) => judgeHashSpeed(ms, cost).level)).toEqual(['ok', 'ok'])
  expect(judgeHashSpeed(9, cost)).toMatchObject({ level: 'warning', fix: 'ARGON2_MEMORY_KIB=38912' })
  expect(judgeHashSpeed(101, { ...cost, timeCost: 4 }).fix).toBe('ARGON2_TIME_COST=3')
  expect(judgeHashSpeed(101, { ...cost, memoryKib: 65536 }).fix).toBe('ARGON2_MEMORY_KIB=32768')
  expect(judgeHashSpeed(101, cost).fix).toMatch(/faster processor/)
})

test('a next month without a partition of the audit is warned of', () => {
  expect(judgeEventMonths({ hasNext: true, usesDefault: false }).level).toBe('ok')
  expect(judgeEventMonths({ hasNext: true, usesDefault: true }).level).toBe('remark')
  expect(judgeEventMonths({ hasNext: false, usesDefault: true }).level).toBe('warning')
})

test('a worker that never ran, or pruned long ago, is told', () => {
  const now = new Date('2026-05-03T12:00:00Z')
  const judge = (knownSince: string, lastAt?: string) => {
    const job = { task: 'prune_sessions', knownSince: new Date(knownSince) }
    return judgeRegularJobs([{ ...job, lastAt: lastAt === undefined ? null : new Date(lastAt) }], now)
  }
  const late = { level: 'warning', text: 'has not done for two days: prune_sessions' }
  expect(judgeRegularJobs([], now).level).toBe('remark')
  expect(judge('2026-04-01T10:00:00Z', '2026-05-02T03:07:00Z')).toMatchObject({
    level: 'ok',
    text: 'pruned last at 2026-05-02T03:07:00Z',
  })
  expect(judge('2026-04-01T10:00:00Z', '2026-05-01T03:07:00Z')).toMatchObject(late)
  expect(judge('2026-05-01T10:00:00Z')).toMatchObject(late)
})

test('a worker before its first night is no fault', () => {
  const job = { task: 'prune_sessions', knownSince: new Date('2026-05-03T10:00:00Z'), lastAt: null }
  expect(judgeRegularJobs([job], new Date('2026-05-03T12:00:00Z'))).toMatchObject({
    level: 'ok',
    text: 'ran first at 2026-05-03T10:00:00Z, and prunes at night',
  })
})

test('the demo user is warned of in production alone', async () => {
  const { id } = await service.addUser('test@example.com')
  onTestFinished(async () => void (await service.db.deleteFrom('users').where('id', '=', id).execute()))
  expect((await examine(sound())).bad).toEqual(['warning demo user'])
  expect((await examine({ ...sound(), NODE_ENV: 'development' })).bad).toEqual(['remark NODE_ENV'])
})

test('what the other programs make unsafe is told', async () => {
  const { bad } = await examine({
    ...sound(),
    HOST: '0.0.0.0',
    WEB_HOST: '::',
    WORKER_HOST: '127.0.0.1',
    PUBLIC_URL: 'http://accounts.example.com',
    API_URL: 'http://api.internal:8000',
    FLYERS_DATABASE_URL: service.env.DATABASE_URL,
  })
  expect(bad).toEqual([
    'remark HOST',
    'remark WEB_HOST',
    'warning PUBLIC_URL',
    'remark API_URL',
    'warning FLYERS_DATABASE_URL',
  ])
})

test('published keys without issuer and audience are remarked', () => {
  const claims = { isProduction: true, issuer: undefined, audience: undefined }
  const check = (settings: Parameters<typeof checkNeighbours>[0], env: Record<string, string>) =>
    checkNeighbours(settings, env).map(({ level, check }) => `${level} ${check}`)
  expect(check(claims, { SIGNING_KEY: 'k' })).toEqual(['remark ISSUER', 'remark AUDIENCE'])
  expect(check({ ...claims, issuer: 'https://a.example', audience: 'b' }, { SIGNING_KEY: 'k' })).toEqual([])
  expect(check(claims, {})).toEqual([])
})

test('from outside it checks TLS, web app, API and keys', async () => {
  const server = createServer(({ url }, response) => {
    response.statusCode = url === '/login' ? 502 : 200
    response.end()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const { code, findings, bad } = await examine(sound(), { args: ['--url', `http://127.0.0.1:${port}`] })
  expect([code, bad]).toEqual([1, ['error web app']])
  expect(findings.slice(-4)).toMatchObject([
    { level: 'ok', check: 'TLS' },
    { text: `answers 502 at http://127.0.0.1:${port}/login` },
    { level: 'ok', check: 'API' },
    { level: 'ok', check: 'keys' },
  ])
})

test('a certificate near its end is a warning, none an error', async () => {
  const now = new Date('2026-05-01')
  expect(judgeCertificate(new Date('2026-05-15'), now).level).toBe('ok')
  expect(judgeCertificate(new Date('2026-05-14'), now).level).toBe('warning')
  const { stdout } = await runCli(['doctor', '--json', '--url', 'http://accounts.invalid'], { env: sound() })
  expect(stdout).toContain('"check":"TLS","text":"is missing at http://accounts.invalid"')
})
