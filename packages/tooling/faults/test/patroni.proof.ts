import { expect, onTestFinished, test } from 'vitest'
import { addAccounts } from '../src/accounts.ts'
import { type Cluster, findMissingPrograms, startCluster } from '../src/cluster.ts'
import { query } from '../src/cluster-state.ts'
import type { Load } from '../src/load.ts'
import { isLong, last, putLoad, record, startApi } from './harness.ts'

/** A cluster takes half a minute to start, and a failover as long: only the long form has them. */
const missing = isLong ? findMissingPrograms() : []
const isSkipped = !isLong || missing.length > 0
if (missing.length > 0)
  process.stdout.write(`${missing.join(', ')} not found: the tests of a Patroni cluster are skipped\n`)

const timeout = 600_000
const before = 500
/** A sequence writes WAL for 32 ids ahead: past these, a standby may give an id again. */
const idsPastWal = 40

/** A cluster with an API and clients. Its URL goes through HAProxy, unless it names the nodes. */
async function open({ past = false, synchronous = true } = {}) {
  const cluster = await startCluster()
  onTestFinished(() => cluster.stop())
  const url = past ? cluster.nodesUrl : cluster.url
  const accounts = await addAccounts(url)
  if (!synchronous) await cluster.configure({ synchronous_mode: false }, noStandbyNames)
  await cluster.whole()
  const api = await startApi(url, { HASH_QUEUE: '640' })
  const load = putLoad(() => api.url, accounts, { registering: 3 })
  await Promise.all([load.recovered(), load.served(before)])
  return { cluster, api, load, leader: await cluster.leader() }
}

const noStandbyNames = `select current_setting('synchronous_standby_names') = '' as yes`

async function recover(load: Load): Promise<void> {
  load.faultEnds()
  await load.recovered()
  await load.served(before)
}

/** Ends the load, counts the registrations that are gone, and enters all into the report. */
async function finish(fault: string, cluster: Cluster, load: Load): Promise<number> {
  const tally = await load.stop()
  const leader = await cluster.leader()
  const found = await query(leader.url('pockitflyer'), 'select id from users where id = any($1)', [tally.ids])
  const registrations = { answered: tally.ids.length, lost: tally.ids.length - found.length }
  await record(fault, { ...tally, registrations }, { failures: ['503'] })
  return registrations.lost
}

test.skipIf(isSkipped)('a planned switchover logs no client out', { timeout }, async () => {
  const { cluster, load, leader } = await open()
  let from = leader
  for (let round = 0; round < 3; round += 1) {
    const to = await cluster.synchronousStandby()
    await cluster.switchover(from, to)
    expect((await cluster.leaderAfter(from)).name).toBe(to.name)
    await recover(load)
    await cluster.whole()
    from = to
  }
  expect(await finish('Planned switchover, × 3', cluster, load)).toBe(0)
})

test.skipIf(isSkipped)('a killed leader loses nothing in synchronous mode', { timeout }, async () => {
  const { cluster, load, leader } = await open()
  await leader.kill()
  await load.failed(1)
  await cluster.leaderAfter(leader)
  await recover(load)
  await leader.start()
  await cluster.whole()
  expect(await finish('Node of the leader killed, synchronous', cluster, load)).toBe(0)
})

test.skipIf(isSkipped)('lost writes of an asynchronous leader log no client out', { timeout }, async () => {
  const { cluster, load, leader } = await open({ synchronous: false })
  const standbys = cluster.nodes.filter((node) => node !== leader)
  for (const standby of standbys) standby.freezeReceiver()
  await Promise.all([load.served(before), load.registered(idsPastWal)])
  await leader.kill()
  for (const standby of standbys) standby.endReceiver()
  await load.failed(1)
  await cluster.leaderAfter(leader)
  await recover(load)
  await leader.start()
  await cluster.whole()
  const lost = await finish('Node of the leader killed, asynchronous, its standbys behind', cluster, load)
  expect(lost).toBeGreaterThan(0)
})

test.skipIf(isSkipped)('a frozen leader that thaws loses no session and write', { timeout }, async () => {
  const { cluster, load, leader } = await open()
  leader.freeze()
  await load.failed(1)
  await cluster.leaderAfter(leader)
  await recover(load)
  leader.thaw()
  await load.served(before)
  await cluster.whole()
  expect((await cluster.leader()).name).not.toBe(leader.name)
  expect(await finish('Node of the leader frozen, thawed after the failover', cluster, load)).toBe(0)
})

test.skipIf(isSkipped)('clients past HAProxy leave a leader that turns read-only', { timeout }, async () => {
  const { cluster, load, leader } = await open({ past: true })
  const readOnly = 'default_transaction_read_only'
  await query(leader.url('postgres'), `alter system set ${readOnly} = on`)
  await query(leader.url('postgres'), 'select pg_reload_conf()')
  await load.failed(1)
  await query(leader.url('postgres'), `alter system reset ${readOnly}`)
  const to = await cluster.synchronousStandby()
  await cluster.switchover(leader, to)
  await cluster.leaderAfter(leader)
  await recover(load)
  await cluster.whole()
  const kept = `select from pg_stat_activity where application_name = 'pockitflyer-auth'`
  await expect.poll(() => query(leader.url('postgres'), kept)).toEqual([])
  expect(await finish('Leader read-only, then switched over, past HAProxy', cluster, load)).toBe(0)
})

test.skipIf(isSkipped)('a frozen leader logs no client out past HAProxy', { timeout }, async () => {
  const { cluster, load, leader } = await open({ past: true })
  leader.freeze()
  await load.failed(1)
  await cluster.leaderAfter(leader)
  await recover(load)
  leader.thaw()
  await load.served(before)
  await cluster.whole()
  expect(await finish('Node of the leader frozen, past HAProxy', cluster, load)).toBe(0)
})

test.skipIf(isSkipped)('without etcd the leader goes on', { timeout }, async () => {
  const { cluster, load } = await open()
  cluster.etcd.signal('SIGSTOP')
  await Promise.all([last(60), load.served(before)])
  cluster.etcd.signal('SIGCONT')
  await recover(load)
  expect(await finish('etcd frozen for 60 s', cluster, load)).toBe(0)
})
