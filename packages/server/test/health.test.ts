import { expect, onTestFinished, test } from 'vitest'
import { serveHealth } from '../src/health.ts'

async function start(pending: () => Promise<string[]>) {
  const finished = Promise.withResolvers<void>()
  const events: string[] = []
  const health = await serveHealth({
    host: '127.0.0.1',
    port: 0,
    portSetting: 'WORKER_PORT',
    findPendingMigrations: pending,
    migrate: 'pnpm migrate',
    async finish() {
      await finished.promise
      events.push('finished')
    },
    async release() {
      events.push('released')
    },
  })
  const ask = async (path: string) => {
    const answer = await fetch(`${health.url}${path}`)
    const body: unknown = await answer.json()
    return { status: answer.status, body }
  }
  onTestFinished(async () => {
    finished.resolve()
    await health.stop()
  })
  return { health, ask, events, finish: finished.resolve }
}

test('both probes answer, and no other path', async () => {
  const { ask } = await start(() => Promise.resolve([]))
  expect((await ask('/healthz')).status).toBe(200)
  expect((await ask('/readyz')).status).toBe(200)
  expect(await ask('/')).toEqual({ status: 404, body: { detail: 'Not found.' } })
})

test('a process whose database lacks migrations is alive and not ready', async () => {
  const { ask } = await start(() => Promise.resolve(['one']))
  expect((await ask('/healthz')).status).toBe(200)
  expect(await ask('/readyz')).toMatchObject({ status: 503, body: { pending: ['one'] } })
})

test('a stop finishes the work first, not ready and alive meanwhile', async () => {
  const { health, ask, finish, events } = await start(() => Promise.resolve([]))
  const stopped = health.stop()
  expect((await ask('/healthz')).status).toBe(200)
  expect(await ask('/readyz')).toMatchObject({ status: 503, body: { reason: 'The server stops.' } })
  expect(events).toEqual([])
  finish()
  await stopped
  expect(events).toEqual(['finished', 'released'])
  await expect(ask('/healthz')).rejects.toThrow('fetch failed')
})

test('what was opened is released when the port is taken', async () => {
  const first = await start(() => Promise.resolve([]))
  const events: string[] = []
  const second = serveHealth({
    host: '127.0.0.1',
    port: Number(new URL(first.health.url).port),
    portSetting: 'WORKER_PORT',
    findPendingMigrations: () => Promise.resolve([]),
    migrate: '',
    finish: () => Promise.resolve(),
    release: () => Promise.resolve(events.push('released')),
  })
  await expect(second).rejects.toThrow(/WORKER_PORT=\d+ at 127\.0\.0\.1 \(EADDRINUSE\)/)
  expect(events).toEqual(['released'])
})
