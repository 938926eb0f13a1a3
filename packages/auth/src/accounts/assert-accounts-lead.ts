import type { Auth } from '../auth.ts'
import type { Leader } from '../db/database.ts'
import { getLeadership } from '../db/leadership.ts'
import { AuthError } from '../errors.ts'

export { isRefusedForDjango } from '../db/leadership.ts'

/** How long a process relies on what it read. A write that comes too late, PostgreSQL refuses. */
const freshMs = 1000

/** The leader that each database named last. */
const leaders = new WeakMap<Auth['db'], { readAt: number; leader: Promise<Leader> }>()

/** A client need not ask again within this time: a switch takes minutes at least. */
const retryAfterSeconds = 60

/** Returns the refusal of a write while Django leads. */
export const readOnly = (cause?: unknown): AuthError =>
  new AuthError('read_only', { cause, retryAfterSeconds })

/**
 * Refuses while Django leads. At most one statement a second.
 * @throws {AuthError} read_only
 */
export async function assertAccountsLead({ db }: Pick<Auth, 'db'>): Promise<void> {
  if ((await readLeader(db)) === 'django') throw readOnly()
}

async function readLeader(db: Auth['db']): Promise<Leader> {
  const known = leaders.get(db)
  if (known !== undefined && performance.now() - known.readAt < freshMs) return known.leader
  const leader = getLeadership(db).then(({ leader }) => leader)
  leaders.set(db, { readAt: performance.now(), leader })
  leader.catch(() => leaders.delete(db))
  return leader
}
