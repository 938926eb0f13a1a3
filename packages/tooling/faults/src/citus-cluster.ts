import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { nodeHost, type Place, readClusterFile, toEnv } from './cluster-files.ts'
import { type ClusterNode, createNode } from './cluster-node.ts'
import { findLeader, isTrue, query, until } from './cluster-state.ts'
import { giveToPostgres, startAsPostgres } from './postgres-account.ts'

/** A coordinator and two workers of Citus, each with a standby, one etcd, and HAProxy in front. */
export interface CitusCluster {
  /** `postgres://` URL of the coordinator's database through HAProxy. */
  url: string
  /** The group 0 is the coordinator. */
  leader(group: number): Promise<ClusterNode>
  /** Resolves when another node than this one leads the group, and the coordinator knows it. */
  leaderAfter(group: number, node: ClusterNode): Promise<ClusterNode>
  /** Resolves when the leader of each group has a synchronous standby. */
  whole(): Promise<void>
  /** Adds a third worker, which has no shards. */
  addWorker(): Promise<void>
  /** Runs a statement on the coordinator as superuser, and resolves to its rows. */
  query(sql: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
}

const role = 'pockitflyer'
const nodesPerGroup = 2
const groups = [0, 1, 2]
const addedGroup = 3

const view = z.object({ members: z.array(z.object({ role: z.string(), state: z.string() })) })

/** Starts the cluster of the page "Distributed by Citus" on free loopback addresses. */
export async function startCitusCluster(): Promise<CitusCluster> {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const folder = await mkdtemp(join(parent, 'faults-citus-'))
  const place: Place = { folder, network: `127.${randomInt(1, 255)}.${randomInt(1, 255)}` }
  await mkdir(join(folder, 'etcd'))
  const proxyFile = join(folder, 'haproxy.cfg')
  await writeFile(proxyFile, await readClusterFile('../citus-cluster/haproxy.cfg', place))
  giveToPostgres(folder)
  const nodes = await Promise.all(
    [...groups, addedGroup].map((group) =>
      Promise.all(Array.from({ length: nodesPerGroup }, (_, nth) => createMember(place, { group, nth }))),
    ),
  )
  const of = (group: number) => nodes[group] ?? []
  const etcd = await startAsPostgres(toEnv(await readClusterFile('etcd.env', place)), 'etcd')
  const haproxy = await startAsPostgres({}, 'haproxy', '-db', '-f', proxyFile)

  async function leader(group: number): Promise<ClusterNode> {
    const found = await findLeader(of(group))
    if (found === undefined) throw new Error(`No node leads group ${group}.`)
    return found
  }

  async function isKnown(group: number, node: ClusterNode): Promise<boolean> {
    const sql = `select exists (select from pg_dist_node
      where groupid = ${group} and nodename = '${node.host}' and isactive) as yes`
    return isTrue((await leader(0)).url(role), sql)
  }

  async function hasStandby(group: number): Promise<boolean> {
    const { host } = await leader(group)
    const { members } = view.parse(await (await fetch(`http://${host}:8008/cluster`)).json())
    return members.some((member) => member.role === 'sync_standby')
  }

  async function startGroup(group: number): Promise<void> {
    const [first, ...others] = of(group)
    await first?.start()
    await until(`group ${group} has a leader`, async () => (await findLeader(of(group))) !== undefined)
    const url = (await leader(group)).url(role)
    await until('Citus is there', () =>
      isTrue(url, "select true as yes from pg_extension where extname = 'citus'"),
    )
    for (const other of others) await other.start()
  }

  const cluster: CitusCluster = {
    url: `postgres://${role}:secret@${place.network}.10:5432/${role}`,
    leader,
    async leaderAfter(group, node) {
      await until(`another node leads group ${group}`, async () => {
        const next = await leader(group)
        return next !== node && (await isKnown(group, next))
      })
      return leader(group)
    },
    async whole() {
      for (const group of groups)
        await until(`group ${group} has a synchronous standby`, () => hasStandby(group))
    },
    async addWorker() {
      await startGroup(addedGroup)
      const node = await leader(addedGroup)
      await until('the coordinator knows the worker', () => isKnown(addedGroup, node))
      await authorize(node)
    },
    async query(sql) {
      return query((await leader(0)).url(role), sql)
    },
    async stop() {
      for (const node of nodes.flat()) await node.kill()
      await haproxy.stop()
      await etcd.stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  try {
    for (const group of groups) await startGroup(group)
    for (const group of groups.slice(1)) {
      const node = await leader(group)
      await until('the coordinator knows the worker', () => isKnown(group, node))
    }
    await cluster.query(`create role ${role} login password 'secret'`)
    await cluster.query(`alter database ${role} owner to ${role}`)
    await cluster.query(`alter database ${role} set citus.shard_count = 8`)
    for (const group of groups) await authorize(await leader(group))
    await until('HAProxy routes to the coordinator', () => isTrue(cluster.url, 'select true as yes'))
    await cluster.whole()
    return cluster
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

/** Prepares a node of a group, with the files of the page and its own address and group. */
async function createMember(
  place: Place,
  { group, nth }: { group: number; nth: number },
): Promise<ClusterNode> {
  const index = group * nodesPerGroup + nth + 1
  const file = join(place.folder, `patroni${index}.yml`)
  const text = await readClusterFile('../citus-cluster/patroni.yml', place)
  const own = text
    .replace(`${place.network}.11`, nodeHost(index, place))
    .replace('group: 0', `group: ${group}`)
  await writeFile(file, own)
  return createNode(index, place, file)
}

/** Lets a node log in to the others as the service's role. */
async function authorize(node: ClusterNode): Promise<void> {
  await query(node.url(role), `insert into pg_dist_authinfo values (0, '${role}', 'password=secret')`)
}
