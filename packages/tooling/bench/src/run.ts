import { startDatabaseServer } from './data/database.ts'
import { startGenerator } from './load/load.ts'
import { type Machine, readMachine } from './machine.ts'
import type { Bench, Target } from './measure.ts'
import type { Plan } from './plan.ts'
import { manyLogins, type Server, startApi, startBaselineServer } from './processes/server.ts'
import { type FleetResults, measureFleets } from './scenarios/fleet.ts'
import { type GrowthPoint, measureGrowth } from './scenarios/growth.ts'
import { measureOverload, type Overload } from './scenarios/overload.ts'
import { type ComparedServers, measureRatios, type Ratios } from './scenarios/ratios.ts'
import { measureStart, type Start } from './scenarios/start.ts'
import { measureStorage, type Storage } from './scenarios/storage.ts'

/** All measurements of a run. */
export interface Results {
  plan: Plan
  machine: Machine
  start: Start
  ratios: Ratios
  overload: Overload
  fleets: FleetResults
  growth: Record<'users' | 'connections' | 'poolSize', GrowthPoint[]>
  /** On the largest of the databases. */
  storage: Storage
}

/** The extent of a run, and the receiver of its progress. */
export interface RunOptions {
  plan: Plan
  say: (text: string) => void
}

/** Starts everything, measures everything, and leaves nothing running. */
export async function run({ plan, say }: RunOptions): Promise<Results> {
  const machine = readMachine()
  await using database = await startDatabaseServer()
  await using generator = startGenerator()
  const bench: Bench = { generator, databasePid: database.pid }
  const [users] = plan.users
  const databaseUrl = await database.createDatabase(users)

  const start = await measureStart(databaseUrl, plan.rounds)
  const ratios = await withServers(databaseUrl, users, (servers) =>
    measureRatios(bench, servers, { plan, say }),
  )
  const fleets = await measureFleets(generator, { databaseUrl, users }, { ...plan.fleets, say })
  await using api = await startApi(databaseUrl)
  const target: Target = { server: api, databaseUrl, users }
  const overload = await measureOverload(bench, target, { ...plan.flood, say })

  const { rounds, seconds } = plan
  const pace = { rounds: Math.min(rounds, 3), seconds: Math.min(seconds, 2), say }
  const connections = await measureGrowth(
    bench,
    {
      sizes: plan.connections.map((size) => ({ size, target, connections: size })),
      calls: ['refresh', 'me'],
    },
    pace,
  )
  const poolSize = await measurePoolSizes(bench, target, { sizes: plan.poolSizes, pace })
  await api[Symbol.asyncDispose]()
  const { points: byUsers, storage } = await measureUsers(bench, database, { plan, pace })
  return {
    plan,
    machine: { ...machine, loadAverages: [...machine.loadAverages, ...readMachine().loadAverages] },
    start,
    ratios,
    overload,
    fleets,
    growth: { users: byUsers, connections, poolSize },
    storage,
  }
}

async function withServers<Result>(
  databaseUrl: string,
  users: number,
  work: (servers: ComparedServers) => Promise<Result>,
): Promise<Result> {
  await using baseline = await startBaselineServer(databaseUrl)
  await using api = await startApi(databaseUrl)
  await using limited = await startApi(databaseUrl, manyLogins)
  const toTarget = (server: Server): Target => ({ server, databaseUrl, users })
  return await work({ baseline: toTarget(baseline), api: toTarget(api), limited: toTarget(limited) })
}

interface GrowthOptions {
  sizes: number[]
  pace: Parameters<typeof measureGrowth>[2]
}

async function measurePoolSizes(
  bench: Bench,
  target: Target,
  { sizes, pace }: GrowthOptions,
): Promise<GrowthPoint[]> {
  await using stack = new AsyncDisposableStack()
  const targets = []
  for (const size of sizes) {
    const server = stack.use(await startApi(target.databaseUrl, { DATABASE_POOL_SIZE: String(size) }))
    targets.push({ size, target: { ...target, server }, connections: 64 })
  }
  return await measureGrowth(bench, { sizes: targets, calls: ['refresh', 'me'] }, pace)
}

async function measureUsers(
  bench: Bench,
  database: { createDatabase(users: number): Promise<string> },
  { plan, pace }: { plan: Plan; pace: GrowthOptions['pace'] },
): Promise<{ points: GrowthPoint[]; storage: Storage }> {
  await using stack = new AsyncDisposableStack()
  const measurable = async (size: number) => {
    pace.say(`making a database of ${size} users`)
    const databaseUrl = await database.createDatabase(size)
    const server = stack.use(await startApi(databaseUrl))
    return { size, target: { server, databaseUrl, users: size }, connections: 16 }
  }
  const [first, ...others] = plan.users
  let largest = await measurable(first)
  const targets = [largest]
  for (const size of others) {
    const next = await measurable(size)
    targets.push(next)
    if (size > largest.size) largest = next
  }
  const points = await measureGrowth(bench, { sizes: targets, calls: ['login', 'refresh', 'me'] }, pace)
  pace.say('storage')
  return { points, storage: await measureStorage(bench, largest.target, plan.seconds) }
}
