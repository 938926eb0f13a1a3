import { readFile } from 'node:fs/promises'
import type { DataDir } from './data-dir.ts'
import { serverUrl, withClient } from './database.ts'
import { readPort } from './port.ts'
import { clusterName } from './server-processes.ts'

/**
 * Returns the server that another process runs on this folder; undefined while no server answers
 * under its name.
 */
export async function findRunningServer(home: DataDir): Promise<{ url: string; port: number } | undefined> {
  try {
    const port = await readPort(home.portFile)
    if (port === undefined) return undefined
    const url = serverUrl({ port, password: await readFile(home.passwordFile, 'utf8') })
    const name = await clusterName(home.dataFolder)
    const { rows } = await withClient(url, (client) =>
      client.query<{ cluster_name: string }>('SHOW cluster_name'),
    )
    return rows[0]?.cluster_name === name ? { url, port } : undefined
  } catch {
    return undefined
  }
}
