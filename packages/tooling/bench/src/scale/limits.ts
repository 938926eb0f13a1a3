import { assumed } from './assumptions.ts'
import type { Costs } from './costs.ts'
import { computeNeeds, type Needs } from './needs.ts'

/** A limit that this number of daily users reaches, and its remedy. */
export interface ScaleLimit {
  name: string
  dailyUsers: number
  step: string
}

/** Returns every limit, the first one to be reached first. */
export function computeLimits(costs: Costs): ScaleLimit[] {
  const needs = computeNeeds(costs, sample)
  return [
    ...limitsOfInstances(costs, needs),
    ...limitsOfReads(needs),
    ...limitsOfWrites(costs, needs),
    ...limitsOfDisk(needs),
    ...limitsOfStorm(costs),
  ]
    .map(({ name, capacity, need, step }) => ({ name, dailyUsers: (capacity / need) * sample, step }))
    .toSorted((a, b) => a.dailyUsers - b.dailyUsers)
}

/** The number of users for which `need` is computed. */
const sample = 1e6

interface Capacity {
  name: string
  capacity: number
  need: number
  step: string
}

const shard = 'a distributed database, sharded by user'

function limitsOfInstances(costs: Costs, { cores }: Needs): Capacity[] {
  const { instancesAtLeast, connectionsAtMost, poolSize } = assumed
  return [
    {
      name: `API and PostgreSQL together on ${costs.cores} cores`,
      capacity: costs.cores,
      need: cores.hashing + cores.api + cores.databaseReads + cores.databaseWrites,
      step: `PostgreSQL on a server of its own, ${instancesAtLeast} API instances behind a balancer`,
    },
    {
      name: `JavaScript of ${instancesAtLeast} instances`,
      capacity: instancesAtLeast,
      need: cores.api,
      step: 'another instance, and another',
    },
    {
      name: `Connections: ${connectionsAtMost}`,
      capacity: connectionsAtMost / poolSize,
      need: cores.api,
      step: 'PgBouncer in front of PostgreSQL, with `DATABASE_PREPARE=false`',
    },
  ]
}

function limitsOfReads({ cores }: Needs): Capacity[] {
  const { databaseCores, databaseCoresAtMost } = assumed
  const need = cores.databaseReads + cores.databaseWrites
  return [
    {
      name: `PostgreSQL on ${databaseCores} cores`,
      capacity: databaseCores,
      need,
      step: 'a larger server; after it read replicas for `me`',
    },
    {
      name: `PostgreSQL on ${databaseCoresAtMost} cores`,
      capacity: databaseCoresAtMost,
      need,
      step: 'read replicas for `me`',
    },
  ]
}

function limitsOfWrites(costs: Costs, { cores, rowsWrittenPerSecond }: Needs): Capacity[] {
  const { databaseCoresAtMost, busyShare } = assumed
  return [
    {
      name: `The writes alone on ${databaseCoresAtMost} cores, by processor time`,
      capacity: databaseCoresAtMost,
      need: cores.databaseWrites,
      step: shard,
    },
    {
      name: `The writes alone on ${databaseCoresAtMost} cores, by the measured limit of rotations`,
      capacity: costs.rotationsPerCore * databaseCoresAtMost * busyShare,
      need: rowsWrittenPerSecond,
      step: shard,
    },
  ]
}

function limitsOfDisk({ bytes, logMbPerSecond }: Needs): Capacity[] {
  const { tableGbAtMost, databaseTbAtMost, logMbPerSecondAtMost } = assumed
  return [
    {
      name: `\`auth_events\`: ${tableGbAtMost} GB`,
      capacity: tableGbAtMost * 1e9,
      need: bytes.auth_events,
      step: 'keep the audit for fewer days, or distribute `auth_events` by user',
    },
    {
      name: `\`sessions\`: ${tableGbAtMost} GB`,
      capacity: tableGbAtMost * 1e9,
      need: bytes.sessions,
      step: 'partition `sessions` by hash of the id',
    },
    {
      name: `Write-ahead log, with page images: ${logMbPerSecondAtMost} MB/s`,
      capacity: logMbPerSecondAtMost,
      need: logMbPerSecond.withImages,
      step: `\`wal_compression\`, rarer checkpoints, a faster network; after them ${shard}`,
    },
    {
      name: `PostgreSQL: ${databaseTbAtMost} TB`,
      capacity: databaseTbAtMost * 1e12,
      need: Object.values(bytes).reduce((total, size) => total + size, 0),
      step: `${shard}; before it, a shorter audit`,
    },
  ]
}

/** Returns the limits when all users of a day log in again within an hour. */
function limitsOfStorm({ hashMs, databaseMs }: Costs): Capacity[] {
  const { instancesAtLeast, hashThreadsPerInstance, databaseCores } = assumed
  const needOf = (milliseconds: number) => (sample * milliseconds) / 1000 / 3600
  return [
    {
      name: `Everybody logs in again within an hour: hashing of ${instancesAtLeast} instances`,
      capacity: instancesAtLeast * hashThreadsPerInstance,
      need: needOf(hashMs),
      step: 'instances for that hour; until then 503 and `Retry-After`',
    },
    {
      name: `Everybody logs in again within an hour: PostgreSQL on ${databaseCores} cores`,
      capacity: databaseCores,
      need: needOf(databaseMs.login),
      step: 'a larger server',
    },
  ]
}
