import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '@pockitflyer/server/testing'
import { apiUrl, expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { startWeb } from './web-server.ts'

// HAProxy as the documentation sets it up, in front of the API and a web app.

test.skip(spawnSync('haproxy', ['-v']).error !== undefined, 'haproxy is not installed')

interface Proxy {
  url: string
  stop(): Promise<void>
}

/** Starts the documented HAProxy with a certificate of its own. */
async function startProxy(hosts: { api: string; web: string }): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'pockitflyer-proxy-'))
  const certificate = join(folder, 'pockitflyer.pem')
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost']
  const files = ['-keyout', certificate, '-out', join(folder, 'certificate')]
  execFileSync('openssl', [...request, ...files], { stdio: 'ignore' })
  await writeFile(certificate, await readFile(join(folder, 'certificate')), { flag: 'a' })
  const port = await findFreePort()
  const settings = (await documented())
    .replace('  bind :80\n', '')
    .replace('bind :443', `bind 127.0.0.1:${port}`)
    .replace('/etc/haproxy/pockitflyer.pem', certificate)
    .replace('127.0.0.1:8000', hosts.api)
    .replace('127.0.0.1:3000', hosts.web)
  const file = join(folder, 'haproxy.cfg')
  await writeFile(file, settings)
  const child = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' })
  const gone = once(child, 'exit')
  return {
    url: `https://localhost:${port}`,
    async stop() {
      child.kill('SIGKILL')
      await gone
      await rm(folder, { recursive: true })
    },
  }
}

/** The configuration that the documentation shows. */
const documented = () => readFile(new URL('../../api/deploy/haproxy.cfg', import.meta.url), 'utf8')

test('behind the documented proxy pages and API are one origin', async ({ browser, newcomer }) => {
  const web = await startWeb(apiUrl, { TRUSTED_PROXIES: 'loopback' })
  const proxy = await startProxy({ api: new URL(apiUrl).host, web: new URL(web.url).host })
  const context = await browser.newContext({ baseURL: proxy.url, ignoreHTTPSErrors: true })
  const statusOf = async (path: string) => (await context.request.get(path)).status()
  try {
    await expect.poll(() => statusOf('/login').catch(() => 0)).toBe(200)
    const page = await context.newPage()
    const loginPage = new LoginPage(page)
    await loginPage.open()
    await loginPage.logIn(newcomer)
    await expect(page.getByText(newcomer.email)).toBeVisible()
    expect(await statusOf('/api/users/policy/')).toBe(200)

    await web.stop()
    expect(await statusOf('/login')).toBe(503)
    expect(await statusOf('/api/users/policy/')).toBe(200)
    expect(await statusOf('/.well-known/jwks.json')).toBe(200)
  } finally {
    await context.close()
    await proxy.stop()
    await web.stop()
  }
})
