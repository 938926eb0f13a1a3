import type { RegularJob } from '@pockitflyer/auth/admin'
import { toSeconds } from '../../output/time.ts'
import { found, type Finding, ok } from './finding.ts'

/** Cron adds the rarest job each night: two nights without one are too many. */
const lateMs = 2 * 86_400_000

const fix = 'pnpm start:worker, and keep it running'

/** Returns the finding for what cron does regularly: without it no table is pruned. */
export function judgeRegularJobs(jobs: RegularJob[], now: Date): Finding {
  if (jobs.length === 0)
    return found('remark', 'worker', ['never ran: nothing is pruned, and no mail is sent', fix])
  const late = jobs.filter(
    ({ knownSince, lastAt }) => now.getTime() - (lastAt ?? knownSince).getTime() > lateMs,
  )
  if (late.length > 0) {
    const tasks = late.map(({ task }) => task).join(', ')
    return found('warning', 'worker', [`has not done for two days: ${tasks}`, fix])
  }
  const times = jobs.flatMap(({ lastAt }) => lastAt?.getTime() ?? [])
  if (times.length > 0) return ok('worker', `pruned last at ${toSeconds(new Date(Math.max(...times)))}`)
  const start = Math.min(...jobs.map(({ knownSince }) => knownSince.getTime()))
  return ok('worker', `ran first at ${toSeconds(new Date(start))}, and prunes at night`)
}
