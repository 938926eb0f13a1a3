import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { connect } from '@pockitflyer/auth'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { startTestServer } from '@pockitflyer/postgres/testing'
import { findFreePort } from '@pockitflyer/server/testing'
import { expect, onTestFinished, test } from 'vitest'
import { openCheckout, register, type RunningProgram } from '../checkout.ts'
import { type Build, buildFolder, repository, runIn } from '../deploy/build.ts'
import { startStage, startTime } from '../deploy/program.ts'
import { hasProxy, startProxy, type TlsProxy } from '../deploy/tls-proxy.ts'
import { fillLoginForm, sendLoginForm } from '../deploy/web-login.ts'

async function migrate(url: string): Promise<void> {
  const db = connect({ url })
  await migrateToLatest(db)
  await db.destroy()
}

async function startApi(): Promise<RunningProgram> {
  const postgres = await startTestServer({ prepare: migrate })
  onTestFinished(() => postgres.stop())
  const { url } = await postgres.createDatabase()
  const settings = { DATABASE_URL: url, SECRET_KEY: 'a secret of the test that is long enough for HS256' }
  return openCheckout(repository, { ...settings, TRUSTED_PROXIES: 'loopback' }).startApi()
}

/** Starts the web app of a folder behind nginx. */
async function startWeb(build: Build, folder: string, api: RunningProgram): Promise<TlsProxy> {
  const port = String(await findFreePort())
  const program = startStage({ ...build, folder }, 'web', {
    WEB_PORT: port,
    API_URL: api.url,
    TRUSTED_PROXIES: 'loopback',
  })
  onTestFinished(() => program.kill('SIGKILL'))
  await startTime(`http://127.0.0.1:${port}/healthz`, program)
  const proxy = await startProxy('nginx', { api: new URL(api.url).host, web: `127.0.0.1:${port}` })
  onTestFinished(() => proxy.stop())
  return proxy
}

test.skipIf(!hasProxy('nginx'))(
  'builds of one key take the forms of each other (needs nginx)',
  async () => {
    const build = await buildFolder()
    onTestFinished(build.remove)
    const key = execFileSync('openssl', ['rand', '-base64', '32'], { encoding: 'utf8' }).trim()
    const folders = ['first', 'second'].map((name) => join(dirname(build.folder), name))
    for (const folder of folders)
      await runIn(
        build.source,
        `NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=${key} sh apps/api/deploy/build-folder.sh ${folder}`,
      )
    const api = await startApi()
    const account = await register(api)
    const [first, second] = [
      await startWeb(build, folders[0] ?? '', api),
      await startWeb(build, folders[1] ?? '', api),
    ]
    const other = await startWeb(build, build.folder, api)
    expect((await sendLoginForm(second, await fillLoginForm(first, account))).status).toBe(303)
    const refused = await sendLoginForm(other, await fillLoginForm(first, account))
    expect([refused.status, refused.body]).toEqual([409, 'Server Action unavailable.'])
    expect((await sendLoginForm(other, await fillLoginForm(other, account))).status).toBe(303)
  },
  1_800_000,
)
