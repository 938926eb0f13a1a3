import { startApi, startBaselineServer } from '../processes/server.ts'
import { memoryOf } from '../processes/usage.ts'

/**
 * Seconds until the API and the baseline are ready, start by start, and the memory of the API
 * before the first request.
 */
export interface Start {
  readySeconds: number[]
  baselineSeconds: number[]
  restMb: number[]
}

/** Starts the baseline and the API in turns. */
export async function measureStart(databaseUrl: string, times: number): Promise<Start> {
  const start: Start = { readySeconds: [], baselineSeconds: [], restMb: [] }
  for (let time = 0; time < times; time += 1) {
    const baseline = await startBaselineServer(databaseUrl)
    start.baselineSeconds.push(baseline.startSeconds)
    await baseline[Symbol.asyncDispose]()
    await using api = await startApi(databaseUrl)
    start.readySeconds.push(api.startSeconds)
    start.restMb.push(memoryOf(api.pid).residentMb)
  }
  return start
}
