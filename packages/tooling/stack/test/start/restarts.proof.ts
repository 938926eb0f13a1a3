import { once } from 'node:events'
import { readlinkSync } from 'node:fs'
import type { TestServer } from '@pockitflyer/postgres/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { descendantsOf, isAlive, until } from '../dev-process.ts'
import { secret, spawnStack, startMigratedServer, untilReady, whileRunning } from './stack.ts'

let postgres: TestServer

beforeAll(async () => {
  postgres = await startMigratedServer()
})

afterAll(() => postgres.stop())

/** The process of the stack that runs in the folder of this app. */
function findProgram(pid: number, app: string): number | undefined {
  const isThere = (of: number) => {
    try {
      return readlinkSync(`/proc/${of}/cwd`).endsWith(`apps/${app}`)
    } catch {
      return false
    }
  }
  return descendantsOf(pid).find((info) => info.parent === pid && isThere(info.pid))?.pid
}

async function isUp(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    await response.arrayBuffer() // An answer left unread would hold up the server's stop.
    return response.ok
  } catch {
    return false
  }
}

test('a program ended by a signal restarts, and others go on', async () => {
  await whileRunning(postgres, { SECRET_KEY: secret }, async ({ pid, output, urls: { api, web } }) => {
    const webPid = findProgram(pid, 'web')
    for (const [signal, pause] of [
      ['SIGKILL', '0.5'],
      ['SIGTERM', '1'],
      ['SIGSEGV', '2'],
    ] as const) {
      process.kill(findProgram(pid, 'api') ?? Number.NaN, signal)
      await until(() => output().includes(`It is started again in ${pause} s.`), output())
      await until(() => isUp(`${api}/readyz`), output())
      expect(findProgram(pid, 'web')).toBe(webPid)
      expect(await isUp(`${web}/login`)).toBe(true)
    }
    process.kill(webPid ?? Number.NaN, 'SIGKILL')
    await until(() => output().includes('web ended (SIGKILL). It is started again in 0.5 s.'), output())
    await until(() => isUp(`${web}/login`), output())
  })
})

test('SIGKILL of `start` leaves nothing of it', async () => {
  const database = await postgres.createDatabase()
  const stack = await spawnStack({ DATABASE_URL: database.url, SECRET_KEY: secret })
  await untilReady(stack)
  const started = descendantsOf(stack.pid)
  expect(started.length).toBeGreaterThan(2)
  stack.process.kill('SIGKILL')
  await until(() => !started.some(isAlive), 'something is left')
  await database.drop()
})

test('a program that ends repeatedly is given up, ending the others', async () => {
  const database = await postgres.createDatabase()
  const stack = await spawnStack({ DATABASE_URL: database.url, SECRET_KEY: secret })
  const { process: child, pid, output } = stack
  const ended = once(child, 'exit')
  await untilReady(stack)
  await until(() => {
    const victim = findProgram(pid, 'api')
    if (victim !== undefined) process.kill(victim, 'SIGKILL')
    return child.exitCode !== null
  }, output())
  expect(await ended).toEqual([1, null])
  expect(output()).toContain('api ended (SIGKILL), 5 times within a minute: it is not started again.')
  expect(descendantsOf(pid).filter(isAlive)).toEqual([])
  await database.drop()
})
