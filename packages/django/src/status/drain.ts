import { setTimeout as wait } from 'node:timers/promises'
import { type Admin, asOnlyFollower } from '@pockitflyer/auth/admin'
import { SourceError } from '../source-error.ts'

/** How long a drain may take. */
const drainMs = 60_000

const pollMs = 100

/** The first and the last of the changes that wait; null: none waits. */
export type Waiting = { oldest: number; newest: number } | null

/** A feed to drain. */
export interface Drained {
  findWaiting: () => Promise<Waiting>
  /** Brings over the oldest changes. */
  apply: (admin: Pick<Admin, 'db'>) => Promise<unknown>
}

/**
 * Brings over every change that waits now, or waits until another process has. Later changes may be
 * left.
 * @throws {SourceError} it takes more than a minute
 */
export async function drain(admin: Pick<Admin, 'db'>, { findWaiting, apply }: Drained): Promise<void> {
  const deadline = Date.now() + drainMs
  const last = (await findWaiting())?.newest
  const isDrained = async () => last === undefined || ((await findWaiting())?.oldest ?? Infinity) > last
  const applyAll = async (admin: Pick<Admin, 'db'>) => {
    while (Date.now() < deadline && !(await isDrained())) await apply(admin)
    return true
  }
  while (!(await isDrained())) {
    if (Date.now() > deadline)
      throw new SourceError('The feed is not drained: more changes come than are brought over.')
    if (!(await asOnlyFollower(admin, applyAll))) await wait(pollMs)
  }
}
