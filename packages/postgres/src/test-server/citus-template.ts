import { escapeIdentifier } from 'pg'
import { databaseUrl, withClient } from '../server/database.ts'
import {
  closeForConnections,
  dropTemplate,
  newTemplateName,
  type Prepare,
  type Template,
} from './template.ts'

interface Node {
  host: string
  port: number
  isCoordinator: boolean
}

/**
 * Creates a template database on every node of a cluster of Citus, as a cluster of its own with the
 * same nodes, and closes it for connections. `coordinatorUrl` names a database of the coordinator
 * that has Citus and its workers. A copy of the template on every node is a cluster too: its
 * metadata names nodes, and no database.
 */
export async function createCitusTemplate(coordinatorUrl: string, prepare: Prepare): Promise<Template> {
  const nodes = await listNodes(coordinatorUrl)
  const workers = nodes.filter(({ isCoordinator }) => !isCoordinator)
  const workerUrls = workers.map((node) => nodeUrl(coordinatorUrl, node))
  const template = { serverUrl: coordinatorUrl, name: newTemplateName(), workerUrls }
  try {
    for (const url of [coordinatorUrl, ...workerUrls]) await createNode(url, template.name)
    const url = databaseUrl(coordinatorUrl, template.name)
    await withClient(url, async (client) => {
      for (const { host, port, isCoordinator } of nodes) {
        const add = isCoordinator ? 'citus_set_coordinator_host' : 'citus_add_node'
        await client.query(`SELECT ${add}($1, $2)`, [host, port])
      }
    })
    await prepare(url)
    await closeForConnections(template)
  } catch (error) {
    await dropTemplate(template)
    throw error
  }
  return template
}

/** The coordinator comes first. */
async function listNodes(coordinatorUrl: string): Promise<Node[]> {
  const { rows } = await withClient(coordinatorUrl, (client) =>
    client.query<Node>(`
      SELECT nodename AS host, nodeport AS port, groupid = 0 AS "isCoordinator"
      FROM pg_dist_node WHERE noderole = 'primary' ORDER BY groupid`),
  )
  return rows
}

function nodeUrl(coordinatorUrl: string, { host, port }: Node): string {
  const url = new URL(coordinatorUrl)
  url.hostname = host
  url.port = String(port)
  return url.href
}

async function createNode(url: string, name: string): Promise<void> {
  await withClient(url, (client) =>
    client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`),
  )
  await withClient(databaseUrl(url, name), (client) => client.query('CREATE EXTENSION citus'))
}
