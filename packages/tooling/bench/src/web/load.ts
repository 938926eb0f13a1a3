import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** A request of a browser. */
export interface PageRequest {
  method: 'GET' | 'POST'
  path: string
  headers?: Record<string, string>
  body?: string
}

/** Clients that send these requests in turn, each the next one after the answer to the last. */
export interface PageLoad {
  url: string
  requests: PageRequest[]
  seconds: number
  connections: number
}

const pageLoadResult = z.object({
  /** Answers a second. */
  rate: z.number(),
  /** Milliseconds until the first byte of an answer. */
  firstByteP50: z.number(),
  firstByteP99: z.number(),
  /** Of one answer. */
  bytes: z.number(),
  /** Answers of 400 and above, and broken connections. */
  failures: z.number(),
})

export type PageLoadResult = z.output<typeof pageLoadResult>

/** Puts a load on a server from a process of its own. */
export async function putPageLoad(load: PageLoad): Promise<PageLoadResult> {
  const child = fork(fileURLToPath(import.meta.resolve('./generator.ts')))
  child.send(load)
  const answer = await Promise.race([once(child, 'message'), once(child, 'exit')])
  if (child.connected) child.disconnect()
  return z.tuple([pageLoadResult]).rest(z.unknown()).parse(answer)[0]
}
