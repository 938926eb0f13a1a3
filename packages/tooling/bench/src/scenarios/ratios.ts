import { measureDatabaseLimit } from '../limits/database.ts'
import { measureHashLimit } from '../limits/hash.ts'
import type { Limit } from '../limits/loop.ts'
import type { Call } from '../load/load.ts'
import { type Bench, type Measurement, measure, type Target } from '../measure.ts'
import { loginSeconds, type Plan } from '../plan.ts'
import { runRounds } from '../rounds.ts'

/** The measurements of the limits and the servers, round by round. */
export interface Ratios {
  limits: Record<'hash' | 'database', Limit[]>
  servers: Record<ServerStep, Measurement[]>
}

/** A call and its server. */
export type ServerStep =
  | 'baseline login'
  | 'api login'
  | 'api login with limits on'
  | 'baseline refresh'
  | 'api refresh'
  | 'api trpc.refresh'
  | 'baseline me'
  | 'api me'
  | 'api trpc.me'
  | 'api trpc.me.batch'
  | 'baseline refresh, one client'
  | 'api refresh, one client'
  | 'baseline me, one client'
  | 'api me, one client'

/** Connections that keep a server busy: more would only wait. */
const enough = 16

/** Servers of one database. */
export interface ComparedServers {
  baseline: Target
  api: Target
  /** The API with rate limits, which let every right password pass. */
  limited: Target
}

/** Measures the limits, the baseline server and the API in turns, on the same database. */
export async function measureRatios(
  bench: Bench,
  { baseline, api, limited }: ComparedServers,
  { plan, say }: { plan: Plan; say: (text: string) => void },
): Promise<Ratios> {
  const { seconds, warmUps, rounds } = plan
  const on =
    (target: Target, call: Call, connections = enough) =>
    () =>
      measure(bench, target, { call, seconds: call === 'login' ? loginSeconds(plan) : seconds, connections })
  const servers = {
    'baseline login': on(baseline, 'login'),
    'api login': on(api, 'login'),
    'api login with limits on': on(limited, 'login'),
    'baseline refresh': on(baseline, 'refresh'),
    'api refresh': on(api, 'refresh'),
    'api trpc.refresh': on(api, 'trpc.refresh'),
    'baseline me': on(baseline, 'me'),
    'api me': on(api, 'me'),
    'api trpc.me': on(api, 'trpc.me'),
    'api trpc.me.batch': on(api, 'trpc.me.batch'),
    'baseline refresh, one client': on(baseline, 'refresh', 1),
    'api refresh, one client': on(api, 'refresh', 1),
    'baseline me, one client': on(baseline, 'me', 1),
    'api me, one client': on(api, 'me', 1),
  }
  await runRounds(servers, warmUps, (step) => say(`warming up, ${step}`))
  return {
    servers: await runRounds(servers, rounds, say),
    limits: await runRounds(
      { hash: () => measureHashLimit(seconds), database: () => measureDatabaseLimit(api, seconds) },
      rounds,
      say,
    ),
  }
}
