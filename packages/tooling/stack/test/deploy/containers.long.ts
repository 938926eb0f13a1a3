import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../dev-process.ts'
import { repository } from './build.ts'
import { type Containers, createContainers, hasImages } from './containers.ts'
import { lineOf } from './units.ts'
import { logInByForm } from './web-login.ts'

const account = { email: 'ada@example.com', password: 'a long passphrase of the test' }
const programs = ['api', 'worker', 'web']

let containers: Containers

const post = (path: string, body: object) =>
  containers.send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const refreshOf = ({ body }: { body: string }) => /"refresh":"([^"]+)"/.exec(body)?.[1]

const isUp = async () => (await containers.send('/login').catch(() => undefined))?.status

/** Waits until Caddy has its certificate and the web app answers. */
const untilUp = () => until(async () => (await isUp()) === 200, 'the login page does not answer')

/** Runs the line of a section of the runbook that begins with `docker compose` and these words. */
const runLine = (section: string, words: string) =>
  containers.compose(lineOf(section, `docker compose ${words}`).replace('docker compose ', ''))

describe.skipIf(!(await hasImages()))('compose.yaml (needs Docker with the images it names)', () => {
  beforeAll(async () => {
    containers = await createContainers()
    await containers.compose('up --build --detach')
    await untilUp()
  }, 1_200_000)

  afterAll(() => containers.remove())

  test('a person registers, logs in and refreshes through Caddy with TLS', async () => {
    expect((await post('/api/users/register/', { ...account, display_name: 'Ada' })).status).toBe(201)
    const login = await post('/api/users/login/', account)
    expect(login.status).toBe(200)
    expect((await post('/api/users/token/refresh/', { refresh: refreshOf(login) })).status).toBe(200)
    const cookie = await logInByForm(containers, account)
    const page = await containers.send('/account', { headers: { cookie } })
    expect([page.status, page.body]).toEqual([200, expect.stringContaining(account.email)])
  })

  test('each program is healthy, an ordinary user, and read-only', async () => {
    for (const name of programs) {
      const health = async () => (await containers.inspect(name)).State.Health.Status
      await expect.poll(health, { timeout: 120_000, interval: 500 }).toBe('healthy')
      const { Config, HostConfig } = await containers.inspect(name)
      expect([Config.User, HostConfig.ReadonlyRootfs]).toEqual(['nobody', true])
      expect(await containers.compose(`logs ${name}`)).not.toMatch(/EROFS|EACCES/)
    }
  })

  test('the runbook runs the operator’s tool', async () => {
    const runbook = await readFile(join(repository, 'apps/docs/runbook.md'), 'utf8')
    const words = /^accounts\(\) \{ docker compose (.+) "\$@"; \}$/m.exec(runbook)?.[1]
    expect(await containers.compose(`${words} status`)).toMatch(/users +1/)
  })

  test('an upgrade serves during the migration and keeps each session', async () => {
    const before = await containers.inspect('api')
    const login = await post('/api/users/login/', account)
    await containers.changeImages()
    await containers.compose('build')
    expect(await runLine('Upgrade', 'run')).toContain('up to date')
    expect((await containers.inspect('api')).Id).toBe(before.Id)
    expect(await isUp()).toBe(200)
    await runLine('Upgrade', 'up')
    await untilUp()
    expect((await containers.inspect('api')).Id).not.toBe(before.Id)
    expect((await post('/api/users/token/refresh/', { refresh: refreshOf(login) })).status).toBe(200)
  })

  test('a dump has every account where nothing else is left', async () => {
    await runLine('Backup and restore', 'exec -T postgres pg_dump')
    await containers.compose('down --volumes')
    await runLine('Backup and restore', 'up --detach --wait')
    await runLine('Backup and restore', 'exec -T postgres pg_restore')
    await containers.compose('up --detach')
    await untilUp()
    const logIn = async () => (await post('/api/users/login/', account)).status
    await expect.poll(logIn, { timeout: 120_000, interval: 200 }).toBe(200)
  })

  test('a stop ends each program with 0', async () => {
    await containers.compose('stop')
    for (const name of [...programs, 'postgres'])
      expect([name, (await containers.inspect(name)).State.ExitCode]).toEqual([name, 0])
  })
})
