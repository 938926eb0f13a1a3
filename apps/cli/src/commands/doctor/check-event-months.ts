import type { EventMonths } from '@pockitflyer/auth/admin'
import { found, type Finding, ok } from './finding.ts'

/** Returns the finding for the partitions of the audit. */
export function judgeEventMonths({ hasNext, usesDefault }: EventMonths): Finding {
  const fix = 'pnpm auth migrate, and keep a worker running: it makes the partitions every night'
  if (!hasNext) return found('warning', 'events', ['have no partition for the next month', fix])
  if (!usesDefault) return ok('events', 'have a partition for the next month')
  return found('remark', 'events', [
    'of a month without a partition stand in auth_events_default, where prune deletes them in batches',
    fix,
  ])
}
