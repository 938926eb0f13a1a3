import { startDatabaseServer } from '../data/database.ts'
import { startApi } from '../processes/server.ts'
import { cpuSecondsOf, memoryOf } from '../processes/usage.ts'
import { runRounds } from '../rounds.ts'
import { type PageLoadResult, type PageRequest, putPageLoad } from './load.ts'
import { fillLoginForm, logInByForm } from './login-form.ts'
import { buildEmptyPage, type PageServer, startEmptyPage, startWeb } from './servers.ts'

/** The extent of a run. */
export interface WebPlan {
  seconds: number
  rounds: number
  /** Seconds of load before the memory is read. */
  memorySeconds: number
}

/** One stretch of load and its cost. */
export interface WebMeasurement extends PageLoadResult {
  /** Processor milliseconds of the server for each answer. */
  cpuMs: number
}

export type WebStep = 'empty page' | '/login' | '/account' | 'login action' | 'REST, forwarded' | 'REST'

export interface WebResults {
  steps: Record<WebStep, WebMeasurement[]>
  /** Memory in MB after the load of `/login`, and of the empty page. */
  residentMb: { web: number; empty: number }
}

const connections = 8
const userCount = 2 * connections

/** Measures the web app and an empty page of Next.js in turns. */
export async function measureWeb(plan: WebPlan, say: (text: string) => void): Promise<WebResults> {
  await using database = await startDatabaseServer()
  await using api = await startApi(await database.createDatabase(userCount), { TRUSTED_PROXIES: 'loopback' })
  say('building the empty page')
  await buildEmptyPage()
  const residentMb = await measureMemory(api.url, plan, say)
  await using empty = await startEmptyPage()
  await using web = await startWeb(api.url)
  const clients = Array.from({ length: connections }, (_, index) => index + 1)
  const cookies = await Promise.all(clients.map((n) => logInByForm(web.url, n)))
  // Other users, since each login ends the oldest of a user's hundred sessions.
  const logins = await Promise.all(clients.map((n) => fillLoginForm(web.url, n + connections)))

  const page = (path: string): PageRequest => ({ method: 'GET', path })
  const policy = [page('/api/users/policy/')]
  const accounts = cookies.map((cookie) => ({ ...page('/account'), headers: { Cookie: cookie } }))
  const on = (server: Pick<PageServer, 'url' | 'pid'>, requests: PageRequest[]) => () =>
    measure(server, requests, plan.seconds)
  const steps = {
    'empty page': on(empty, [page('/')]),
    '/login': on(web, [page('/login')]),
    '/account': on(web, accounts),
    'login action': on(web, logins),
    'REST, forwarded': on(web, policy),
    REST: on(api, policy),
  }
  await runRounds(steps, 2, (step) => say(`warming up, ${step}`))
  return { steps: await runRounds(steps, plan.rounds, say), residentMb }
}

async function measure(
  { url, pid }: Pick<PageServer, 'url' | 'pid'>,
  requests: PageRequest[],
  seconds: number,
): Promise<WebMeasurement> {
  const before = cpuSecondsOf(pid)
  const result = await putPageLoad({ url, requests, seconds, connections })
  return { ...result, cpuMs: ((cpuSecondsOf(pid) - before) * 1000) / (result.rate * seconds) }
}

/** Of processes that did nothing else. */
async function measureMemory(
  apiUrl: string,
  { memorySeconds: seconds }: WebPlan,
  say: (text: string) => void,
): Promise<WebResults['residentMb']> {
  const residentAfter = async (server: PageServer, path: string) => {
    say(`memory after ${path}`)
    await putPageLoad({ url: server.url, requests: [{ method: 'GET', path }], seconds, connections })
    return memoryOf(server.pid).residentMb
  }
  await using empty = await startEmptyPage()
  const emptyMb = await residentAfter(empty, '/')
  await using web = await startWeb(apiUrl)
  return { web: await residentAfter(web, '/login'), empty: emptyMb }
}
