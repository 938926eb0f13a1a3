import { once } from 'node:events'
import { createServer } from 'node:net'
import { errorCode } from '@pockitflyer/postgres-pool/error-code'
import { type ListenAddress, portTaken } from '@pockitflyer/server'

/** Number of ports above the wanted one to try. */
const triesLimit = 50

/**
 * Returns the wanted port of this machine or, if it is taken, the next free one.
 * @throws when none of the 50 above it is free
 */
export async function findFreePort(wanted: number): Promise<number> {
  for (let port = wanted; port <= Math.min(wanted + triesLimit, 65535); port += 1) {
    if (await isFree(port)) return port
  }
  throw new Error(`No port is free from ${wanted} to ${wanted + triesLimit}.`)
}

/**
 * Checks the ports of programs that start soon. Without it a stranger on one of them could answer
 * in the place of ours.
 * @throws {Error} with every port that another program has, and its setting
 */
export async function requireFreePorts(addresses: ListenAddress[]): Promise<void> {
  const faults: string[] = []
  for (const address of addresses)
    if ((await tryListen(address)) === 'EADDRINUSE') faults.push(portTaken(address).message)
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

/**
 * Returns whether a port is free on every address: a server on 0.0.0.0 would shadow ours on one of
 * them.
 */
async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::', '0.0.0.0']) {
    const code = await tryListen({ port, host })
    if (code !== undefined && code !== 'EAFNOSUPPORT') return false
  }
  return true
}

/** Returns the code of the error when this process cannot listen there. */
async function tryListen({ port, host }: Omit<ListenAddress, 'portSetting'>): Promise<string | undefined> {
  const server = createServer()
  try {
    server.listen({ port, host, exclusive: true })
    await once(server, 'listening')
    return undefined
  } catch (error) {
    return errorCode(error) ?? 'unknown'
  } finally {
    server.close()
  }
}
