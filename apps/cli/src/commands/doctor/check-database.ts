import { type Admin, inspectDatabase, type ServerFacts } from '@pockitflyer/auth/admin'
import { operator } from '../../cli.ts'
import { judgeCollations } from './check-collations.ts'
import { judgeEventMonths } from './check-event-months.ts'
import { judgeCollisions } from './check-emails.ts'
import { judgeRegularJobs } from './check-jobs.ts'
import { judgeWaitingMails } from './check-mails.ts'
import { judgeUserIds } from './check-user-ids.ts'
import { found, type Finding, ok, when } from './finding.ts'

const oldestVersion = 15

/**
 * Largest clock difference in seconds. Above it, tokens start too early or end too late for apps
 * that verify them by their own clocks.
 */
const skewMaxSeconds = 5

/**
 * Checks the database: its version, its schema, its clock against this machine's and, for a known
 * pool size, its connection limit.
 */
export async function checkDatabase(admin: Admin, poolSize: number | undefined): Promise<Finding[]> {
  const { server, pendingMigrations, users, ...state } = await inspectDatabase(admin, operator)
  return [
    judgeVersion(server),
    judgeMigrations(pendingMigrations),
    ...when(pendingMigrations.length === 0 && !state.isContracted, uncontracted),
    ...(users
      ? [
          ...judgeUserIds(users.ids),
          ...judgeCollisions(users.emailCollisions),
          judgeWaitingMails(users.waitingMails),
          judgeEventMonths(users.eventMonths),
          judgeRegularJobs(users.regularJobs, server.now),
        ]
      : []),
    ...judgeCollations(state.changedCollations),
    judgeClock(state.skewSeconds),
    ...(poolSize === undefined ? [] : [judgePool(server, poolSize)]),
  ]
}

function judgeVersion({ version }: ServerFacts): Finding {
  const text = `can be reached: PostgreSQL ${version}`
  if (version >= oldestVersion) return ok('database', text)
  return found('error', 'database', [
    `${text}, older than ${oldestVersion}`,
    `upgrade PostgreSQL to ${oldestVersion} or later`,
  ])
}

function judgeMigrations(pending: string[]): Finding {
  if (pending.length === 0) return ok('migrations', 'are all applied')
  return found('error', 'migrations', [`are missing: ${pending.join(', ')}`, 'pnpm auth migrate'])
}

const uncontracted = found('remark', 'migrations', [
  'keep indexes and a trigger for servers of the version before',
  'pnpm auth migrate --contract, once none of them runs',
])

/** Returns the finding for a database whose clock is ahead of this machine's by these seconds. */
export function judgeClock(skewSeconds: number): Finding {
  const seconds = Math.abs(skewSeconds).toFixed(1)
  if (Math.abs(skewSeconds) <= skewMaxSeconds)
    return ok('clock', `agrees with that of the database (${seconds} s)`)
  return found('warning', 'clock', [
    `is ${seconds} s ${skewSeconds > 0 ? 'behind' : 'ahead of'} that of the database`,
    'timedatectl set-ntp true, on both machines',
  ])
}

/** Returns the finding for a pool on a server with this connection limit. */
export function judgePool(
  { connectionsMax }: Pick<ServerFacts, 'connectionsMax'>,
  poolSize: number,
): Finding {
  const text = `${poolSize} connections a server; the database grants ${connectionsMax} in all`
  if (poolSize <= connectionsMax) return ok('pool', text)
  return found('warning', 'pool', [text, `DATABASE_POOL_SIZE=${Math.max(1, Math.floor(connectionsMax / 2))}`])
}
