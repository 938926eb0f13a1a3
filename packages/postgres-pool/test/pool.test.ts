import { once } from 'node:events'
import { createServer } from 'node:net'
import { type Replication, type ReplicatedServer, startReplication } from '@pockitflyer/postgres/replication'
import type pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createPool, type PoolOptions, refuseReadOnly } from '../src/index.ts'

let replication: Replication
let primary: ReplicatedServer
let standby: ReplicatedServer
/** A server that takes writes beside the primary, as one that was promoted. */
let promoted: ReplicatedServer
beforeAll(async () => {
  replication = await startReplication()
  ;({ primary, standby } = replication)
  promoted = await primary.addStandby()
  await promoted.promote()
})
afterAll(async () => {
  await promoted.remove()
  await replication.stop()
})

test('the primary is found in any order of hosts', async () => {
  for (const servers of [
    [primary, standby],
    [standby, primary],
  ]) {
    expect(await portOf(open({ url: severalHosts(...servers) }))).toBe(primary.port)
  }
})

test('without a primary pools say why, then find the promoted one', async () => {
  const own = await startReplication()
  onTestFinished(() => own.stop())
  const url = severalHosts(own.primary, own.standby)
  const [fresh, alone] = [open({ url }), open({ url: own.standby.url })]
  const filled = await openFilled(url, own.primary)
  await expect(alone.query('select 1')).rejects.toMatchObject({ name: 'ReadOnlyServerError' })
  await own.primary.kill()
  const error = await fresh.query('select 1').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'NoServerError', code: '08001' })
  expect(String(error)).toContain('ECONNREFUSED')
  expect(String(error)).toContain(`127.0.0.1:${own.standby.port} takes no writes`)
  expect(String(error)).not.toContain(new URL(own.primary.url).password)
  await own.standby.promote()
  expect([await portOf(fresh), await portOf(alone)]).toEqual([own.standby.port, own.standby.port])
  await expect.poll(() => portOf(filled).catch(String)).toBe(own.standby.port)
  const ports = await Promise.all(Array.from({ length: 8 }, () => portOf(filled)))
  expect(new Set(ports)).toEqual(new Set([own.standby.port]))
})

test('one refused write drops every connection to a demoted server that lives', async () => {
  const pool = await openFilled(severalHosts(primary, promoted), primary)
  const dropped: Error[] = []
  pool.on('error', (error) => dropped.push(error))
  const busy = await pool.connect()
  await demotePrimary()

  await expect(pool.query('create table refused ()')).rejects.toMatchObject({ code: '25006' })
  busy.release()
  expect(dropped.map(({ name }) => name)).toEqual(['ReadOnlyServerError', 'ReadOnlyServerError'])
  for (let round = 0; round < 4; round += 1) expect(await portOf(pool)).toBe(promoted.port)
  await pool.query('create table taken ()')
})

test('asking whether writes are taken drops the connections, too', async () => {
  const pool = open({ url: severalHosts(primary, promoted) })
  await pool.query(refuseReadOnly)
  await demotePrimary()
  await expect(pool.query(refuseReadOnly)).rejects.toMatchObject({ code: '25006' })
  await pool.query(refuseReadOnly)
  expect(await portOf(pool)).toBe(promoted.port)
})

test('a lone read-only server is refused, unless any server will do', async () => {
  const refused = open({ url: standby.url })
  await expect(refused.query('select 1')).rejects.toMatchObject({
    name: 'ReadOnlyServerError',
    code: '25006',
  })
  expect(refused.totalCount).toBe(0)
  expect(await portOf(open({ url: `${standby.url}?target_session_attrs=any` }))).toBe(standby.port)
})

test('frozen and silent hosts are given up in time', async () => {
  await standby.freeze()
  onTestFinished(() => standby.thaw())
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  onTestFinished(() => void silent.close())
  await once(silent, 'listening')
  const address = silent.address()
  const silentHost = {
    url: primary.url.replace(`:${primary.port}/`, `:${typeof address === 'object' ? address?.port : 0}/`),
  }
  const giveUp = async (other: { url: string }) => {
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
  await Promise.all([giveUp(standby), giveUp(silentHost)])
})

test('a wrong password fails at once, without trying other hosts', async () => {
  const wrong = severalHosts(primary, standby).replace(new URL(primary.url).password, 'wrong')
  await expect(open({ url: wrong }).query('select 1')).rejects.toMatchObject({ code: '28P01' })
})

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

/** A pool with four connections to the first of its servers. */
async function openFilled(url: string, first: ReplicatedServer): Promise<pg.Pool> {
  const pool = open({ url, max: 4 })
  const ports = await Promise.all(Array.from({ length: 4 }, () => portOf(pool)))
  expect([pool.totalCount, new Set(ports)]).toEqual([4, new Set([first.port])])
  return pool
}

/** Takes writes from the primary, whose connections go on, until the test is over. */
async function demotePrimary(): Promise<void> {
  onTestFinished(() => primary.configure({ default_transaction_read_only: 'off' }))
  await primary.configure({ default_transaction_read_only: 'on' })
}
