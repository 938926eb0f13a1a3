import { expect, onTestFinished, test } from 'vitest'
import { addAccounts, distributeAccounts } from '../src/accounts.ts'
import { type CitusCluster, startCitusCluster } from '../src/citus-cluster.ts'
import { findMissingPrograms } from '../src/cluster.ts'
import type { Load } from '../src/load.ts'
import { hasCitus } from '../src/programs.ts'
import { putLoad, record, startApi } from './harness.ts'

const missing = [...findMissingPrograms(), ...(hasCitus() ? [] : ['Citus'])]
if (missing.length > 0)
  process.stdout.write(`${missing.join(', ')} not found: the tests of a cluster of Citus are skipped\n`)
const isSkipped = missing.length > 0

const timeout = 900_000
const before = 300

/** A cluster with an API and clients, whose tables are distributed. */
async function open() {
  const cluster = await startCitusCluster()
  onTestFinished(() => cluster.stop())
  await distributeAccounts(cluster.url)
  const accounts = await addAccounts(cluster.url)
  const api = await startApi(cluster.url, { HASH_QUEUE: '640' })
  const load = putLoad(() => api.url, accounts, { registering: 3 })
  await Promise.all([load.recovered(), load.served(before)])
  return { cluster, load }
}

async function recover(load: Load): Promise<void> {
  load.faultEnds()
  await load.recovered()
  await load.served(before)
}

/** Ends the load, counts what is lost or half written, and enters all into the report. */
async function finish(fault: string, cluster: CitusCluster, load: Load): Promise<void> {
  const tally = await load.stop()
  const found = await cluster.query(`select id from users where id in (${tally.ids.join()})`)
  const registrations = { answered: tally.ids.length, lost: tally.ids.length - found.length }
  await record(fault, { ...tally, registrations, isCitus: true }, { failures: ['503'] })
  expect(registrations.lost).toBe(0)
  const alone = await cluster.query('select email from emails where user_id not in (select id from users)')
  expect(alone, 'emails without a user').toEqual([])
}

test.skipIf(isSkipped)('a killed worker of Citus loses nothing', { timeout }, async () => {
  const { cluster, load } = await open()
  const worker = await cluster.leader(1)
  await worker.kill()
  await load.failed(1)
  await cluster.leaderAfter(1, worker)
  await recover(load)
  await worker.start()
  await cluster.whole()
  await finish('Node of a worker killed', cluster, load)
})

test.skipIf(isSkipped)('a killed coordinator of Citus loses nothing', { timeout }, async () => {
  const { cluster, load } = await open()
  const coordinator = await cluster.leader(0)
  await coordinator.kill()
  await load.failed(1)
  await cluster.leaderAfter(0, coordinator)
  await recover(load)
  await coordinator.start()
  await cluster.whole()
  await finish('Node of the coordinator killed', cluster, load)
})

test.skipIf(isSkipped)('shards move to a third worker beside the traffic', { timeout }, async () => {
  const { cluster, load } = await open()
  await cluster.addWorker()
  await cluster.query('select citus_rebalance_start()')
  const state = 'select state from citus_rebalance_status()'
  await expect.poll(() => cluster.query(state), { timeout: 400_000 }).toEqual([{ state: 'finished' }])
  await recover(load)
  const placed = await cluster.query(`select count(distinct nodename)::int as workers
    from citus_shards where table_name = 'users'::regclass`)
  expect(placed).toEqual([{ workers: 3 }])
  await finish('Rebalance to a third worker', cluster, load)
})
