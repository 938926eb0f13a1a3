import { randomInt } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type Place, readClusterFile, readNodeEnv, toEnv } from './cluster-files.ts'
import { type ClusterNode, createNode } from './cluster-node.ts'
import { findLeader, isTrue, query, until } from './cluster-state.ts'
import { giveToPostgres, startAsPostgres } from './postgres-account.ts'
import { hasProgram, type Program } from './programs.ts'

/** Debian's packages of these names have the programs; Patroni needs `postgresql-15` too. */
const needed = ['patroni', 'etcd', 'haproxy', '/usr/lib/postgresql/15/bin/postgres', 'setpriv']

/** Returns the programs that a cluster needs and this machine lacks. */
export const findMissingPrograms = () => needed.filter((command) => !hasProgram(command))

/** Three nodes of Patroni, one etcd, and HAProxy in front. */
export interface Cluster {
  /** `postgres://` URL of a database through HAProxy, as the role of that name. */
  url: string
  /** The same past HAProxy: a URL with the addresses of all nodes. */
  nodesUrl: string
  etcd: Program
  nodes: ClusterNode[]
  /** Returns the leader. Throws without one. */
  leader(): Promise<ClusterNode>
  /** Resolves when another node than this one leads. */
  leaderAfter(node: ClusterNode): Promise<ClusterNode>
  /** Returns the standby that the leader's commits wait for. */
  synchronousStandby(): Promise<ClusterNode>
  /** Resolves when every node runs and each standby has what the leader wrote. */
  whole(): Promise<void>
  /** Asks Patroni for a planned switchover. */
  switchover(from: ClusterNode, to: ClusterNode): Promise<void>
  /** Changes what all nodes agree on, and resolves when the leader has it. */
  configure(change: object, isDone: string): Promise<void>
  stop(): Promise<void>
}

const role = 'pockitflyer'

/** The answer of Patroni's `/cluster`. A standby's lag is in bytes, or the text `unknown`. */
const view = z.object({
  members: z.array(
    z.object({ name: z.string(), role: z.string(), state: z.string(), lag: z.unknown().optional() }),
  ),
})

/** Starts the cluster of the page "High availability" on free loopback addresses. */
export async function startCluster(): Promise<Cluster> {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const folder = await mkdtemp(join(parent, 'faults-cluster-'))
  const place: Place = { folder, network: `127.${randomInt(1, 255)}.${randomInt(1, 255)}` }
  await mkdir(join(folder, 'etcd'))
  await writeFile(join(folder, 'patroni.yml'), await readClusterFile('patroni.yml', place))
  await writeFile(join(folder, 'haproxy.cfg'), await readClusterFile('haproxy.cfg', place))
  giveToPostgres(folder)
  const nodes = await Promise.all(
    [1, 2, 3].map((index) => createNode(index, place, join(folder, 'patroni.yml'))),
  )
  const etcd = await startAsPostgres(toEnv(await readClusterFile('etcd.env', place)), 'etcd')
  const haproxy = await startAsPostgres({}, 'haproxy', '-db', '-f', join(folder, 'haproxy.cfg'))
  const env = await readNodeEnv(1, place)

  async function ask(node: ClusterNode, path: string, init: RequestInit = {}): Promise<Response> {
    const { PATRONI_RESTAPI_USERNAME: user, PATRONI_RESTAPI_PASSWORD: password } = env
    const headers = { Authorization: `Basic ${btoa(`${user}:${password}`)}` }
    return fetch(`http://${node.host}:8008${path}`, { ...init, headers, signal: AbortSignal.timeout(60_000) })
  }

  async function leader(): Promise<ClusterNode> {
    const found = await findLeader(nodes)
    if (found === undefined) throw new Error('No node leads.')
    return found
  }

  async function findMembers() {
    return view.parse(await (await ask(await leader(), '/cluster')).json()).members
  }

  const cluster: Cluster = {
    url: `postgres://${role}:secret@${place.network}.10:5432/${role}`,
    nodesUrl: `postgres://${role}:secret@${nodes.map(({ host }) => `${host}:5432`).join(',')}/${role}`,
    etcd,
    nodes,
    leader,
    async leaderAfter(node) {
      let next: ClusterNode | undefined
      await until('another node leads', async () => {
        next = await findLeader(nodes)
        return next !== undefined && next !== node
      })
      return next ?? node
    },
    async synchronousStandby() {
      let found: ClusterNode | undefined
      await until('a standby is synchronous', async () => {
        const member = (await findMembers()).find(({ role: is }) => is === 'sync_standby')
        found = nodes.find(({ name }) => name === member?.name)
        return found !== undefined
      })
      return found ?? leader()
    },
    async whole() {
      await until('every node runs', async () => {
        const members = await findMembers()
        const standbys = members.filter((member) => member.role !== 'leader')
        // Patroni 4 says `streaming` where Patroni 3 says `running`.
        return (
          standbys.length === 2 &&
          standbys.every(({ state, lag }) => lag === 0 && /running|streaming/.test(state))
        )
      })
    },
    async switchover(from, to) {
      const body = JSON.stringify({ leader: from.name, candidate: to.name })
      const answer = await ask(from, '/switchover', { method: 'POST', body })
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`)
    },
    async configure(change, isDone) {
      const node = await leader()
      await ask(node, '/config', { method: 'PATCH', body: JSON.stringify(change) })
      await until('the leader has the change', async () => isTrue(node.url('postgres'), isDone))
    },
    async stop() {
      for (const node of nodes) await node.kill()
      await haproxy.stop()
      await etcd.stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  try {
    const [first, ...others] = nodes
    await first?.start()
    await until('a node leads', async () => (await findLeader(nodes)) !== undefined)
    await query((await leader()).url('postgres'), `create role ${role} login password 'secret'`)
    await query((await leader()).url('postgres'), `create database ${role} owner ${role}`)
    for (const node of others) await node.start()
    await cluster.whole()
    await until('HAProxy routes to the leader', () => isTrue(cluster.url, 'select true as yes'))
    return cluster
  } catch (error) {
    await cluster.stop()
    throw error
  }
}
