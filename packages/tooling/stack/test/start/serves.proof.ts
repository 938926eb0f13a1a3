import { readFileSync, readlinkSync } from 'node:fs'
import { generateKey, toPrivateJwk } from '@pockitflyer/auth/admin'
import type { TestServer } from '@pockitflyer/postgres/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { descendantsOf } from '../dev-process.ts'
import { secret, startMigratedServer, whileRunning } from './stack.ts'

let postgres: TestServer

beforeAll(async () => {
  postgres = await startMigratedServer()
})

afterAll(() => postgres.stop())

test('production serves everything, keeps its keys, and stops on SIGTERM', async () => {
  const keys = { SIGNING_KEY: JSON.stringify(toPrivateJwk(generateKey('EdDSA'))), SECRET_KEY: secret }
  const mails = {
    SMTP_URL: 'smtp://127.0.0.1:9?insecure',
    MAIL_FROM: 'accounts@example.com',
    PUBLIC_URL: 'https://accounts.example.com',
  }
  await whileRunning(postgres, { ...keys, ...mails }, async ({ pid, urls: { web } }) => {
    const login = await fetch(`${web}/api/users/login/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'test@example.com', password: 'TestPass123!' }),
    })
    expect([login.status, await login.json()]).toEqual([
      401,
      { detail: 'No active account found with the given credentials' },
    ])
    expect((await fetch(`${web}/login`)).status).toBe(200)
    expect(await (await fetch(`${web}/api/flyers/mine`)).json()).toMatchObject({ code: 'not_authenticated' })

    const environmentOf = (of: number) => readFileSync(`/proc/${of}/environ`, 'utf8')
    const processes = descendantsOf(pid).map((info) => ({
      ...info,
      cwd: readlinkSync(`/proc/${info.pid}/cwd`),
    }))
    const webApp = processes.filter(({ cwd }) => cwd.endsWith('apps/web'))
    const flyers = processes.filter(({ cwd }) => cwd.endsWith('apps/flyers'))
    const worker = processes.filter(({ cwd }) => cwd.endsWith('apps/worker'))
    expect([webApp.length > 0, flyers.length, worker.length]).toEqual([true, 1, 1])
    for (const { pid } of worker) expect(environmentOf(pid)).toMatch(/\0MAIL_KEY=[\w-]{43}\0/)
    for (const { pid } of [...webApp, ...flyers, ...worker])
      expect(environmentOf(pid)).not.toMatch(/SECRET_KEY|SIGNING_KEY/)
    for (const { pid } of [...webApp, ...flyers]) expect(environmentOf(pid)).not.toMatch(/MAIL_KEY|SMTP_URL/)
    for (const { pid } of webApp) expect(environmentOf(pid)).not.toMatch(/DATABASE_URL/)
    for (const { pid } of flyers) expect(environmentOf(pid)).not.toMatch(/\0DATABASE_URL=/)
  })
})

test('a start under HS256 leaves flyers out, and asks for TLS', async () => {
  await whileRunning(postgres, { SECRET_KEY: secret }, async ({ output, urls: { web, flyers } }) => {
    expect(output()).toContain('The flyers service is left out')
    expect(output()).toContain('a browser keeps a login at an https address')
    await expect(fetch(`${flyers}/healthz`)).rejects.toThrow('fetch failed')
    expect((await fetch(`${web}/flyers`)).status).toBe(404)
    expect((await fetch(`${web}/login`)).status).toBe(200)
  })
})
