import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { chmod, chown, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { connect } from '@pockitflyer/auth'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { findFreePort } from '@pockitflyer/server/testing'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { startApiProcess } from '../../src/testing.ts'

const run = promisify(execFile)

/** The embedded PostgreSQL has no pg_dump: this takes the newest one of Debian, with its server. */
const programs = globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1)

/** PostgreSQL refuses root. */
const ordinary = { uid: 65534, gid: 65534 }
const isRoot = process.getuid?.() === 0
const asOrdinary = isRoot ? ordinary : {}

/** A server with the empty databases `before` and `after`, of a role without privileges. */
async function startServer(bin: string): Promise<{ urlOf: (database: string) => string; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'backup-'))
  await chmod(folder, 0o755)
  if (isRoot) await chown(folder, ordinary.uid, ordinary.gid)
  const data = join(folder, 'data')
  const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8']
  execFileSync(join(bin, 'initdb'), initdb, { ...asOrdinary, cwd: folder, stdio: 'ignore' })
  const port = await findFreePort()
  const args = ['-D', data, '-p', String(port), '-k', folder, '-c', 'fsync=off']
  const server = spawn(join(bin, 'postgres'), args, { ...asOrdinary, cwd: folder, stdio: 'ignore' })
  onTestFinished(async () => {
    server.kill('SIGINT')
    await once(server, 'exit')
    await rm(folder, { recursive: true })
  })
  const psql = (statement: string) =>
    run(join(bin, 'psql'), [`postgres://postgres@127.0.0.1:${port}/postgres`, '-c', statement])
  await expect.poll(() => psql('create role accounts login').then(() => 'up', String)).toBe('up')
  for (const name of ['before', 'after']) await psql(`create database ${name} owner accounts`)
  return { folder, urlOf: (database) => `postgres://accounts@127.0.0.1:${port}/${database}` }
}

const page = await readFile(new URL('../../../docs/runbook.md', import.meta.url), 'utf8')

/** The documented command that begins with this word. */
const documented = (word: string) => new RegExp(`^${word} .*$`, 'm').exec(page)?.[0] ?? ''

const tokens = z.object({ refresh: z.string().default('') })

async function post(url: string, path: string, body: object): Promise<{ status: number; refresh: string }> {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(`${url}/api/users/${path}/`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return { status: answer.status, ...tokens.parse(await answer.json()) }
}

test.skipIf(programs === undefined)(
  'a restored dump keeps passwords and sessions (needs PostgreSQL of Debian)',
  async () => {
    const bin = programs ?? ''
    const { urlOf, folder } = await startServer(bin)
    const [before, after] = [urlOf('before'), urlOf('after')]
    const db = connect({ url: before })
    await migrateToLatest(db)
    await db.destroy()
    const account = { email: 'ada@example.com', password: 'a long passphrase of the test' }
    const first = await startApiProcess(before)
    onTestFinished(() => void first.kill())
    await post(first.url, 'register', { ...account, display_name: 'Ada' })
    const login = await post(first.url, 'login', account)

    const env = { PATH: `${bin}:${process.env['PATH']}`, DATABASE_URL: before, RESTORED_URL: after }
    const inFolder = { cwd: folder, env }
    await run('sh', ['-c', documented('pg_dump')], inFolder)
    const refreshed = await post(first.url, 'token/refresh', { refresh: login.refresh })
    await first.kill('SIGTERM')
    await run('sh', ['-c', documented('pg_restore')], inFolder)

    const second = await startApiProcess(after)
    onTestFinished(() => void second.kill())
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200)
    expect((await post(second.url, 'token/refresh', { refresh: refreshed.refresh })).status).toBe(200)
    expect((await post(second.url, 'login', account)).status).toBe(200)
  },
)
