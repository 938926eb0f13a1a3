import type { Leader } from '../db/database.ts'
import {
  getLeadership as readLeadership,
  guardAccounts,
  keepLeading,
  LeaderError,
  type Leadership,
  lockFollower,
  mergeLoginsHere,
  unlockFollower,
  updateLeader,
} from '../db/leadership.ts'
import type { Admin } from './admin.ts'
import { inShortTransaction } from './short-transaction.ts'

/**
 * Returns who may write accounts: `accounts` is this service.
 * @example const { leader, since } = await getLeadership(admin)
 */
export async function getLeadership({ db }: Pick<Admin, 'db'>): Promise<Leadership> {
  return readLeadership(db)
}

/**
 * Says who may write accounts from now on, once every transaction that writes one has ended.
 * Returns false if it was so already. From the first time on, PostgreSQL refuses writes while
 * Django leads. When this service takes over, the logins that it saw meanwhile count as Django's.
 * @example await setLeader(admin, 'accounts')
 */
export async function setLeader({ db }: Pick<Admin, 'db'>, leader: Leader): Promise<boolean> {
  if (leader === 'django') await inShortTransaction(db, guardAccounts)
  const isNew = await db.transaction().execute((tx) => updateLeader(tx, leader))
  if (leader === 'accounts') while ((await mergeLoginsHere(db)) > 0);
  return isNew
}

/**
 * Refuses once this service took over from Django: what was changed here is overwritten only after
 * a switch to Django.
 * @throws {LeaderError}
 * @example await assertMayFollow(admin)
 */
export async function assertMayFollow({ db }: Pick<Admin, 'db'>): Promise<void> {
  const { leader, isBesideDjango } = await readLeadership(db)
  if (leader === 'accounts' && isBesideDjango) throw new LeaderError(leader)
}

/**
 * Runs work that must not happen once Django leads: a change of the leader waits for it.
 * @throws {LeaderError} Django leads
 * @example await whileLeading(admin, () => source.feed.delete(changes))
 */
export async function whileLeading<Result>(
  { db }: Pick<Admin, 'db'>,
  run: () => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute(async (tx) => {
    await keepLeading(tx)
    return run()
  })
}

/**
 * Runs what follows Django on one connection, which no other follower of this database may do at
 * the same time. Returns `undefined`, and runs nothing, if another does.
 * @example await asOnlyFollower(admin, (admin) => follow(admin))
 */
export async function asOnlyFollower<Result>(
  { db }: Pick<Admin, 'db'>,
  run: (admin: Pick<Admin, 'db'>) => Promise<Result>,
): Promise<Result | undefined> {
  return db.connection().execute(async (connection) => {
    if (!(await lockFollower(connection))) return undefined
    return run({ db: connection }).finally(() => unlockFollower(connection).catch(() => {}))
  })
}
