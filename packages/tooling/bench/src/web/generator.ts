import { Agent, type IncomingMessage, request as send } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { percentile } from '../statistics.ts'
import type { PageLoad, PageLoadResult } from './load.ts'

/** The process of a load of pages: receives a load, sends its result, and exits with its parent. */
process.on('message', async (load: PageLoad) => process.send?.(await run(load)))

async function run({ url, requests, seconds, connections }: PageLoad): Promise<PageLoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const firstBytes: number[] = []
  let failures = 0
  let bytes = 0
  const begin = performance.now()
  const end = begin + seconds * 1000

  async function visit(turn: number): Promise<void> {
    const { method, path, headers, body } = requests[turn % requests.length] ?? { method: 'GET', path: '/' }
    const since = performance.now()
    const { promise: answered, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    send(url + path, { agent, method, headers }, resolve)
      .on('error', reject)
      .end(body)
    const answer = await answered
    firstBytes.push(performance.now() - since)
    bytes += (await buffer(answer)).byteLength
    if ((answer.statusCode ?? 500) >= 400) failures += 1
  }

  async function browse(client: number): Promise<void> {
    for (let turn = client; performance.now() < end; turn += connections) {
      await visit(turn).catch(() => (failures += 1))
    }
  }

  await Promise.all(Array.from({ length: connections }, (_, client) => browse(client)))
  const took = (performance.now() - begin) / 1000
  agent.destroy()
  const sorted = firstBytes.toSorted((a, b) => a - b)
  return {
    rate: firstBytes.length / took,
    firstByteP50: percentile(sorted, 50),
    firstByteP99: percentile(sorted, 99),
    bytes: Math.round(bytes / firstBytes.length),
    failures,
  }
}
