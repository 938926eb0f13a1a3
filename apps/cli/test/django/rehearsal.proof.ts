import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  createDjango,
  type DjangoDatabase,
  type DjangoService,
  hasDjango,
  startDjango,
} from '@pockitflyer/django/testing'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { startTestApi, testSecretKey } from '@pockitflyer/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bareEnvironment, mainFile, runCli } from '../support/run-cli.ts'
import { createPeople, type People } from './rehearsal/people.ts'
import { startProxy, type SwitchingProxy } from './rehearsal/proxy.ts'

const people = 8
const requests = 200

describe.skipIf(!hasDjango)('beside a real Django (skipped where it is not installed)', () => {
  let django: DjangoDatabase
  let here: { url: string; drop: () => Promise<void> }
  let service: DjangoService
  let api: Awaited<ReturnType<typeof startTestApi>>
  let proxy: SwitchingProxy
  let crowd: People
  beforeAll(async () => {
    django = await createDjango('service-3.2')
    here = await createTestDatabase()
    service = await startDjango(django.url, testSecretKey)
    api = await startTestApi(here.url)
    proxy = await startProxy({ django: service.url, accounts: api.url })
    crowd = await createPeople(proxy.url, people)
  })
  afterAll(async () => {
    proxy?.release()
    await crowd?.stop()
    await proxy?.close()
    await api?.stop()
    await service?.stop()
    await django?.close()
    await here?.drop()
  })

  const env = () => ({ DATABASE_URL: here.url, SECRET_KEY: testSecretKey })

  async function run(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await runCli(['django', ...args, '--source', django.url], { env: env() })
    expect([args, code, stderr]).toEqual([args, 0, ''])
    return stdout
  }

  /** Runs a command that goes on until it is stopped, once it has said something. */
  async function start(...args: string[]) {
    const command = [mainFile, 'django', ...args, '--source', django.url]
    const child = spawn(process.execPath, command, {
      env: bareEnvironment(env()),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    await Promise.race([once(child.stdout, 'data'), ended])
    expect(child.exitCode).toBeNull()
    child.stdout.resume()
    return async () => {
      child.kill('SIGINT')
      await ended
    }
  }

  test('no person loses a session by a switch under load', async () => {
    await crowd.send(requests)
    const stopFollowing = await start('follow')
    proxy.route('both')
    await crowd.send(requests)

    await proxy.hold()
    await run('switch')
    proxy.route('accounts')
    proxy.release()
    await stopFollowing()
    expect(await crowd.checkLoggedOut()).toBeGreaterThan(0)
    const stopExporting = await start('export', '--follow')
    await crowd.send(requests)

    await proxy.hold()
    await run('switch', '--to', 'django', '--django-url', service.url)
    proxy.route('django')
    proxy.release()
    await stopExporting()
    await crowd.send(requests)

    await crowd.stop()
    await crowd.checkAll()
    const { sent, ...trouble } = crowd.report
    process.stdout.write(`The rehearsed switch: ${sent} requests, ${trouble.failed.length} failed.\n`)
    expect(trouble).toEqual({ failed: [], loggedOut: [], lockedOut: [] })
  })
})
