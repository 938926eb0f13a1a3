import { startApi } from '../processes/server.ts'
import { memoryOf } from '../processes/usage.ts'

/** Seconds until the API is ready, start by start, and its memory before the first request. */
export interface Start {
  readySeconds: number[]
  restMb: number[]
}

/** Starts the API several times. */
export async function measureStart(databaseUrl: string, times: number): Promise<Start> {
  const start: Start = { readySeconds: [], restMb: [] }
  for (let time = 0; time < times; time += 1) {
    await using api = await startApi(databaseUrl)
    start.readySeconds.push(api.startSeconds)
    start.restMb.push(memoryOf(api.pid).residentMb)
  }
  return start
}
