import { createServer } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createAuthClient, createMemoryStore, isAuthError } from '../../src/index.ts'
import { openCuttingProxy } from '../cutting-proxy.ts'
import { listen } from '../listen.ts'
import { openService, password } from '../service.ts'
import { expireAccess } from '../tokens.ts'

const service = await openService({ BLACKLIST_AFTER_ROTATION: 'true' })
const server = await service.listen()
const proxy = await openCuttingProxy(server.port)

async function logIn() {
  const { id, email } = await service.addUser()
  const store = createMemoryStore()
  const onLoggedOut = vi.fn<() => void>()
  const client = createAuthClient({ url: proxy.url, store, onLoggedOut })
  await client.auth.login.mutate({ email, password })
  const before = service.called().length
  return { id, store, client, onLoggedOut, called: () => service.called().slice(before) }
}

test('a refresh whose answer is lost is retried, keeping the session', async () => {
  const { id, store, client, onLoggedOut, called } = await logIn()
  const first = await store.load()
  proxy.cut(2)
  const refreshed = await client.getAccessToken({ refused: first?.access })
  expect(refreshed).not.toBe(first?.access)
  expect(called()).toEqual(['refresh', 'refresh', 'refresh'])
  await expireAccess(store)
  expect(await client.auth.me.query()).toMatchObject({ id })
  expect(onLoggedOut).not.toHaveBeenCalled()
})

test('an unanswered refresh stops after three attempts, logging no user out', async () => {
  const { id, store, client, onLoggedOut, called } = await logIn()
  const access = await expireAccess(store)
  proxy.cut(Infinity)
  const error: unknown = await client.getAccessToken({ refused: access }).catch((thrown: unknown) => thrown)
  proxy.cut(0)
  expect(error).toBeInstanceOf(Error)
  expect(isAuthError(error)).toBe(false)
  expect(called()).toEqual(['refresh', 'refresh', 'refresh'])
  expect(onLoggedOut).not.toHaveBeenCalled()
  expect(await client.auth.me.query()).toMatchObject({ id })
})

test('a mutation whose answer is lost is not repeated', async () => {
  const { client, called } = await logIn()
  proxy.cut(1)
  const error: unknown = await client.auth.endOtherSessions.mutate().catch((thrown: unknown) => thrown)
  expect(isAuthError(error)).toBe(false)
  expect(called()).toEqual(['endOtherSessions'])
})

test('a logout that never arrives still forgets the tokens', async () => {
  const { store, client, onLoggedOut } = await logIn()
  proxy.cut(1)
  expect(await client.logOut()).toMatchObject({ kind: 'not_told' })
  expect(await store.load()).toBe(undefined)
  expect(onLoggedOut).toHaveBeenCalledTimes(1)
  expect(await client.logOut()).toEqual({ kind: 'ended' })
})

test('a service that never answers is given up in time', async () => {
  const silent = createServer()
  const port = await listen(silent)
  const connections = new Set<{ destroy(): void }>()
  silent.on('connection', (socket) => connections.add(socket))
  onTestFinished(() => {
    for (const socket of connections) socket.destroy()
    silent.close()
  })
  const url = `http://127.0.0.1:${port}/api/trpc`
  const client = createAuthClient({ url, timeoutMs: 50 })
  const error: unknown = await client.auth.login
    .mutate({ email: 'a', password: 'b' })
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ cause: { name: 'TimeoutError' } })
})
