import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findFreePort } from '@pockitflyer/server/testing'
import { startTestServer, type TestServer } from '@pockitflyer/postgres/testing'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { descendantsOf, isAlive, until } from '../dev-process.ts'
import { type Build, buildFolder, runIn, sizeOf } from './build.ts'
import { checkHealth, memoryOf, type Program, startStage, startTime } from './program.ts'
import { hasProxy, startProxy } from './tls-proxy.ts'
import { createPlace, lineOf } from './units.ts'
import { logInByForm } from './web-login.ts'

let build: Build
let postgres: TestServer

beforeAll(async () => {
  postgres = await startTestServer()
  build = await buildFolder()
}, 600_000)

afterAll(async () => {
  await build.remove()
  await postgres.stop()
})

const mailKey = 'the mail key of the test that is long enough'
const secretKey = 'a secret of the test that is long enough for HS256'

/** The settings of each program, on free ports and a database of its own. */
async function createSettings() {
  const database = await postgres.createDatabase()
  onTestFinished(() => database.drop())
  const api = String(await findFreePort())
  const web = String(await findFreePort())
  const worker = String(await findFreePort())
  const local = { TRUSTED_PROXIES: 'loopback' }
  return {
    cli: { DATABASE_URL: database.url },
    api: { ...local, DATABASE_URL: database.url, PORT: api, SECRET_KEY: secretKey, MAIL_KEY: mailKey },
    web: { ...local, WEB_PORT: web, API_URL: `http://127.0.0.1:${api}` },
    worker: { DATABASE_URL: database.url, WORKER_PORT: worker },
    hosts: { api: `127.0.0.1:${api}`, web: `127.0.0.1:${web}`, worker: `127.0.0.1:${worker}` },
  }
}

const names = ['api', 'worker', 'web'] as const

type Name = (typeof names)[number]

interface Started extends Program {
  name: Name
  /** Until its first healthy answer. */
  ms: number
}

/** Starts the three programs one after the other, which this test stops. */
async function startEach(hosts: Record<Name, string>, start: (name: Name) => Program): Promise<Started[]> {
  const programs: Started[] = []
  for (const name of names) {
    const program = start(name)
    onTestFinished(() => program.kill('SIGKILL'))
    const ms = await startTime(`http://${hosts[name]}/healthz`, program)
    programs.push({ ...program, name, ms })
  }
  return programs
}

/** Ends them by SIGTERM, and expects an exit with 0. */
async function stopEach(programs: Started[]): Promise<void> {
  for (const { kill } of programs) kill('SIGTERM')
  for (const { name, ended } of programs) expect([name, await ended]).toEqual([name, 0])
}

/** Migrates the database and starts the three programs, which this test stops. */
async function startAll() {
  const settings = await createSettings()
  const migration = startStage(build, 'cli', settings.cli, ['migrate'])
  expect([await migration.ended, migration.output()]).toEqual([0, expect.stringContaining('applied')])
  const programs = await startEach(settings.hosts, (name) => startStage(build, name, settings[name]))
  return { settings, programs }
}

describe.skipIf(process.platform !== 'linux')('the production folder (needs Linux)', () => {
  test('it has at most 250 MB beside Node.js without tests or tools', async ({ annotate }) => {
    const { folder, seconds } = build
    const packages = readdirSync(join(folder, 'node_modules/.pnpm'))
    const node = await sizeOf(join(folder, 'node_modules/node/bin'))
    const modules = await sizeOf(join(folder, 'node_modules'))
    const total = await sizeOf(folder)
    const parts = `node_modules ${modules - node}, the rest ${total - modules}`
    await annotate(
      `built in ${Math.round(seconds)} s; ${total - node} MB (${parts}), and ${node} MB of Node.js`,
    )
    expect(total - node).toBeLessThan(250)
    expect(
      packages.filter((name) => /^(vitest|typescript|sharp)@|^@next\+swc|^@embedded/.test(name)),
    ).toEqual([])
    expect(existsSync(join(folder, 'packages/auth/test'))).toBe(false)
  })

  test.skipIf(!hasProxy('nginx'))(
    'a person logs in through nginx with TLS (needs nginx)',
    async ({ annotate }) => {
      const { settings, programs } = await startAll()
      for (const name of names) expect(await checkHealth(build, name, settings[name])).toBe(0)
      const proxy = await startProxy('nginx', settings.hosts)
      onTestFinished(() => proxy.stop())
      expect(proxy.check).toContain('test is successful')

      const account = { email: 'ada@example.com', password: 'a long passphrase of the test' }
      const post = (path: string, body: object) =>
        proxy.send(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      expect((await post('/api/users/register/', { ...account, display_name: 'Ada' })).status).toBe(201)
      const login = await post('/api/users/login/', account)
      expect([login.status, login.body]).toEqual([200, expect.stringContaining('"refresh"')])
      const cookie = await logInByForm(proxy, account)
      expect(cookie).toContain('__Host-pf_')
      const page = await proxy.send('/account', { headers: { cookie } })
      expect([page.status, page.body]).toEqual([200, expect.stringContaining(account.email)])
      await proxy.send('/reset-password?t=a-secret')
      await expect.poll(() => proxy.log(), { timeout: 30_000 }).toMatch(/GET \/reset-password 200/)
      expect(await proxy.log()).not.toContain('a-secret')

      const figures = programs.map((program) => `${program.name} ${program.ms} ms, ${memoryOf(program)} MB`)
      await annotate(`ready after, and memory after the logins: ${figures.join('; ')}`)
      for (const { output } of programs) expect(output()).not.toMatch(/EROFS|EACCES/)
    },
  )

  test('the units run the release that the link names, there and back', async () => {
    const { hosts, ...settings } = await createSettings()
    const home = dirname(build.folder)
    const place = createPlace(home)
    const releases = ['1', '2'].map((number) => join(home, `opt/pockitflyer-${number}`))
    for (const release of releases) execFileSync('cp', ['--archive', '--link', build.folder, release])
    place.writeSettings('migrate', settings.cli)
    for (const name of names) place.writeSettings(name, settings[name])
    symlinkSync(releases[0] ?? '', place.link)

    async function startUnits(): Promise<Started[]> {
      const migration = place.start('migrate')
      expect([await migration.ended, migration.output()]).toEqual([
        0,
        expect.stringMatching(/applied|up to date/),
      ])
      return startEach(hosts, (name) => place.start(name))
    }
    const foldersOf = (programs: Started[]) => [
      ...new Set(programs.map(({ pid }) => readlinkSync(`/proc/${pid}/cwd`))),
    ]

    const first = await startUnits()
    expect(foldersOf(first)).toEqual([releases[0]])
    expect(place.run('accounts status')).toContain('users')
    place.run(lineOf('Upgrade', 'ln'))
    expect(foldersOf(first), 'until their restart').toEqual([releases[0]])
    for (const name of names) expect((await fetch(`http://${hosts[name]}/healthz`)).status).toBe(200)
    await stopEach(first)
    const second = await startUnits()
    expect(foldersOf(second)).toEqual([releases[1]])
    place.run(lineOf('Roll back', 'ln'))
    await stopEach(second)
    const back = await startUnits()
    expect(foldersOf(back)).toEqual([releases[0]])
    await stopEach(back)
  })

  test('after `pnpm install --prod` the checkout has what starts, Node.js too', async () => {
    await runIn(build.source, 'npx -y pnpm@12.21.0 install --prod --frozen-lockfile')
    expect(readdirSync(join(build.source, 'node_modules/.bin'))).toEqual(['node'])
    const start = 'NODE_ENV=production node_modules/.bin/node apps/api/src/main.ts || echo "exit code $?"'
    expect(await runIn(build.source, start)).toMatch(/^exit code 1\n.*\n  SECRET_KEY is missing/)
    expect(await runIn(build.source, 'node_modules/.bin/node apps/cli/src/main.ts --help')).toContain(
      'migrate',
    )
  })

  test('SIGTERM ends each program with 0, and SIGKILL leaves nothing', async () => {
    const first = await startAll()
    await stopEach(first.programs)

    const { programs, settings } = await startAll()
    const children = programs.flatMap(({ pid }) => descendantsOf(pid))
    for (const { kill } of programs) kill('SIGKILL')
    for (const { ended } of programs) await ended
    await until(() => !children.some(isAlive), 'something is left')
    for (const host of Object.values(settings.hosts))
      await expect(fetch(`http://${host}/healthz`)).rejects.toThrow('fetch failed')
  })
})
