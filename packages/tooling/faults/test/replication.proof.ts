import {
  type Replication,
  severalHosts,
  startReplication,
  type ReplicatedServer,
} from '@pockitflyer/postgres/replication'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { addAccounts } from '../src/accounts.ts'
import type { Account } from '../src/clients.ts'
import type { Load } from '../src/load.ts'
import { findDatabase } from '../src/doctor.ts'
import { count, last, putLoad, record, startApi } from './harness.ts'

const before = count({ short: 100, long: 1000 })
const switchovers = count({ short: 1, long: 4 })
const frozenSeconds = count({ short: 3, long: 20 })

/** An API whose DATABASE_URL names a primary and its standby, under load. */
async function open(options: { synchronous?: boolean } = {}) {
  let accounts: Account[] = []
  const prepare = async (url: string) => void (accounts = await addAccounts(url))
  const replication = await startReplication({ prepare, ...options })
  onTestFinished(() => replication.stop())
  const api = await startApi(replication.url, { HASH_QUEUE: '640' })
  const load = putLoad(() => api.url, accounts, { registering: 3 })
  await Promise.all([load.recovered(), load.served(before)])
  return { ...replication, api, load }
}

async function ask(server: ReplicatedServer, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: server.url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

async function recover(load: Load): Promise<void> {
  load.faultEnds()
  await load.recovered()
  await load.served(before)
}

async function readiness({ url }: { url: string }): Promise<number> {
  return (await fetch(`${url}/readyz`)).status
}

test('a switchover under load costs no session and no restart', async () => {
  const { api, load, ...pair } = await open()
  let { primary, standby }: Pick<Replication, 'primary' | 'standby'> = pair
  for (let round = 0; round < switchovers; round += 1) {
    await primary.stop()
    await load.failed(1)
    await standby.promote()
    await recover(load)
    await primary.follow(standby)
    ;[primary, standby] = [standby, primary]
  }
  expect(await readiness(api)).toBe(200)
  expect(await findDatabase({ DATABASE_URL: severalHosts(standby, primary) })).toContain('can be reached')
  await record(`Primary and standby of PostgreSQL switch places, × ${switchovers}`, await load.stop(), {
    failures: ['503'],
  })
})

/**
 * A sequence writes WAL for 32 ids ahead: a standby gives again what its primary gave after more
 * than those, the first ones at once.
 */
const idsPastWal = 40

test("a killed primary's lost writes cost no session and id", async () => {
  const { primary, standby, api, load } = await open()
  await standby.catchUp(primary)
  await standby.stopReceiver()
  await Promise.all([load.served(before), load.registered(idsPastWal)])
  await primary.kill()
  await load.failed(1)
  expect(await readiness(api)).toBe(503)
  await standby.promote()
  await recover(load)
  await load.registered(8)
  expect(await readiness(api)).toBe(200)
  await record('Primary of PostgreSQL killed, its last writes lost', await load.stop(), { failures: ['503'] })
})

test('open connections of a demoted primary are left for the new', async () => {
  const { primary, standby, api, load } = await open()
  await primary.configure({ default_transaction_read_only: 'on' })
  await load.failed(1)
  expect(await readiness(api)).toBe(503)
  await standby.catchUp(primary)
  await standby.promote()
  await recover(load)
  expect(await readiness(api)).toBe(200)
  const kept = `select from pg_stat_activity where application_name = 'pockitflyer-auth'`
  await expect.poll(() => ask(primary, kept)).toEqual([])
  await record('Primary of PostgreSQL read-only, its connections kept', await load.stop(), {
    failures: ['503'],
  })
})

test('while a synchronous standby is frozen, whoever is logged in goes on', async () => {
  const { standby, api, load } = await open({ synchronous: true })
  await standby.freeze()
  await Promise.all([last(frozenSeconds), load.served(before)])
  expect(await readiness(api)).toBe(200)
  standby.thaw()
  await recover(load)
  const tally = await load.stop()
  await record(`Synchronous standby of PostgreSQL frozen for ${frozenSeconds} s`, tally, {
    failures: ['503'],
  })
})
