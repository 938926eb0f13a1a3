import { once } from 'node:events'
import { createServer } from 'node:net'
import { type Replication, type ReplicatedServer, startReplication } from '@pockitflyer/postgres/replication'
import type pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { createPool, type PoolOptions, refuseReadOnly } from '../src/index.ts'

test('of a standby and a primary the primary is found, in whatever order', async () => {
  const { primary, standby } = await replicate()
  for (const servers of [
    [primary, standby],
    [standby, primary],
  ]) {
    expect(await portOf(open({ url: severalHosts(...servers) }))).toBe(primary.port)
  }
})

test('a pool asked while no server takes writes says why of each, and finds the one that is promoted', async () => {
  const { primary, standby } = await replicate()
  const pool = open({ url: severalHosts(primary, standby) })
  await primary.kill()
  const error = await pool.query('select 1').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'NoServerError', code: '08001' })
  expect(String(error)).toContain('ECONNREFUSED')
  expect(String(error)).toContain(
    `localhost:${standby.port} takes no writes`.replace('localhost', '127.0.0.1'),
  )
  expect(String(error)).not.toContain(new URL(primary.url).password)
  await standby.promote()
  expect(await portOf(pool)).toBe(standby.port)
})

test('one refused write drops every connection to a demoted server that lives', async () => {
  const { primary, standby } = await replicate()
  const pool = open({ url: severalHosts(primary, standby), max: 4 })
  await primaryIsRead(pool, primary)
  const dropped: Error[] = []
  pool.on('error', (error) => dropped.push(error))
  const busy = await pool.connect()
  await demote(primary)
  await standby.promote()

  await expect(pool.query('create table refused ()')).rejects.toMatchObject({ code: '25006' })
  busy.release()
  expect(dropped.map(({ name }) => name)).toEqual(['ReadOnlyServerError', 'ReadOnlyServerError'])
  for (let round = 0; round < 4; round += 1) expect(await portOf(pool)).toBe(standby.port)
  await pool.query('create table taken ()')
})

test('asking whether writes are taken drops the connections, too', async () => {
  const { primary, standby } = await replicate()
  const pool = open({ url: severalHosts(primary, standby) })
  await pool.query(refuseReadOnly)
  await demote(primary)
  await standby.promote()
  await expect(pool.query(refuseReadOnly)).rejects.toMatchObject({ code: '25006' })
  await pool.query(refuseReadOnly)
  expect(await portOf(pool)).toBe(standby.port)
})

test('a server alone that takes no writes is refused, unless any server will do', async () => {
  const { standby } = await replicate()
  const refused = open({ url: standby.url })
  await expect(refused.query('select 1')).rejects.toMatchObject({
    name: 'ReadOnlyServerError',
    code: '25006',
  })
  expect(refused.totalCount).toBe(0)
  expect(await portOf(open({ url: `${standby.url}?target_session_attrs=any` }))).toBe(standby.port)
  await standby.promote()
  expect(await portOf(refused)).toBe(standby.port)
})

test('a frozen host, and one that accepts and says nothing, are given up in time for the next', async () => {
  const { primary, standby } = await replicate()
  await standby.freeze()
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  onTestFinished(() => void silent.close())
  await once(silent, 'listening')
  const address = silent.address()
  const silentHost = {
    url: primary.url.replace(`:${primary.port}/`, `:${typeof address === 'object' ? address?.port : 0}/`),
  }
  for (const other of [standby, silentHost]) {
    const pool = open({ url: severalHosts(other, primary) })
    const startedAt = performance.now()
    const ports = await Promise.all([portOf(pool), portOf(pool), portOf(pool)])
    expect(ports).toEqual([primary.port, primary.port, primary.port])
    // Two seconds for the first host; a busy machine takes its time for the rest.
    expect(performance.now() - startedAt).toBeLessThan(4900)
    const again = performance.now()
    await Promise.all([portOf(pool), portOf(pool), portOf(pool), portOf(pool)])
    expect(performance.now() - again).toBeLessThan(1900)
  }
})

test('a wrong password is told at once and not tried on the next host', async () => {
  const { primary, standby } = await replicate()
  const wrong = severalHosts(primary, standby).replace(new URL(primary.url).password, 'wrong')
  await expect(open({ url: wrong }).query('select 1')).rejects.toMatchObject({ code: '28P01' })
})

test('connections that were killed with their server are replaced by those of the promoted one', async () => {
  const { primary, standby } = await replicate()
  const pool = open({ url: severalHosts(primary, standby), max: 4 })
  await primaryIsRead(pool, primary)
  await primary.kill()
  await standby.promote()
  await expect.poll(() => portOf(pool).catch(String)).toBe(standby.port)
  expect(await Promise.all(Array.from({ length: 8 }, () => portOf(pool)))).toEqual(
    Array.from({ length: 8 }, () => standby.port),
  )
})

async function replicate(): Promise<Replication> {
  const replication = await startReplication()
  onTestFinished(() => replication.stop())
  return replication
}

function open(options: PoolOptions): pg.Pool {
  const pool = createPool(options)
  pool.on('error', () => undefined)
  onTestFinished(() => pool.end())
  return pool
}

function severalHosts(...servers: { url: string }[]): string {
  const [first = { url: '' }] = servers
  const hosts = servers.map(({ url }) => new URL(url).host).join(',')
  return first.url.replace(new URL(first.url).host, hosts)
}

async function portOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ port: number }>('select inet_server_port() as port')
  return rows[0]?.port ?? 0
}

/** Opens four connections to the primary. */
async function primaryIsRead(pool: pg.Pool, primary: ReplicatedServer): Promise<void> {
  const ports = await Promise.all(Array.from({ length: 4 }, () => portOf(pool)))
  expect([pool.totalCount, new Set(ports)]).toEqual([4, new Set([primary.port])])
}

/** Takes writes from a server whose connections go on. */
async function demote(server: ReplicatedServer): Promise<void> {
  await server.configure({ default_transaction_read_only: 'on' })
}
