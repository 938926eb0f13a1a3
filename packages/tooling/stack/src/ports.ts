import { once } from 'node:events'
import { createServer } from 'node:net'
import { errorCode } from '@pockitflyer/postgres-pool/error-code'

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
 * Returns whether a port is free on every address: a server on 0.0.0.0 would shadow ours on one of
 * them.
 */
async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::', '0.0.0.0']) {
    if (!(await canListen(port, host))) return false
  }
  return true
}

async function canListen(port: number, host: string): Promise<boolean> {
  const server = createServer()
  try {
    server.listen({ port, host, exclusive: true })
    await once(server, 'listening')
    return true
  } catch (error) {
    return errorCode(error) === 'EAFNOSUPPORT'
  } finally {
    server.close()
  }
}
