import type { UserIdState } from '@pockitflyer/auth/admin'
import { found, type Finding, ok, when } from './finding.ts'

/**
 * The largest `int4`: apps that keep a user's id in 4 bytes, as Django's do, accept no larger one.
 */
const int4Max = 2 ** 31 - 1

/** A tenth of the ids: below, they run out soon. */
const leftMin = 214_748_364

/** Returns the finding for the last drawn id. */
export function judgeUserIds({ last, isOriginKnown }: UserIdState): Finding[] {
  const left = Math.max(0, int4Max - last)
  const text = `are left up to ${int4Max}, the end of 4 bytes: ${left}`
  const fix = 'let apps that keep a user id in 4 bytes (int4) keep it in 8 (bigint), and lower USER_ID_GAP'
  return [
    left >= leftMin ? ok('user ids', text) : found(left === 0 ? 'error' : 'warning', 'user ids', [text, fix]),
    ...when(
      !isOriginKnown,
      found('warning', 'user ids', [
        'may be given out twice after a failover: PostgreSQL does not tell this role where it is',
        'GRANT EXECUTE ON FUNCTION pg_control_system(), pg_current_wal_lsn(), pg_walfile_name(pg_lsn) TO <role>',
      ]),
    ),
  ]
}
