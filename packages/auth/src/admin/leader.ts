import { sql, type Transaction } from 'kysely'
import type { Database, Leader } from '../db/database.ts'
import {
  getLeadership as readLeadership,
  guardAccounts,
  LeaderError,
  type Leadership,
  lockFollower,
  mergeLoginsHere,
  unlockFollower,
  updateLeader,
} from '../db/leadership.ts'
import type { Admin } from './admin.ts'

/** How long a trigger waits for its table: every statement on the table queues behind it. */
const lockTimeoutMs = 3000

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
 * Refuses once this service took over from Django: what was changed here is never overwritten.
 * @throws {LeaderError}
 * @example await assertMayFollow(admin)
 */
export async function assertMayFollow({ db }: Pick<Admin, 'db'>): Promise<void> {
  const { leader, isBesideDjango } = await readLeadership(db)
  if (leader === 'accounts' && isBesideDjango) throw new LeaderError()
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

async function inShortTransaction(
  db: Admin['db'],
  run: (tx: Transaction<Database>) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local lock_timeout = ${sql.lit(lockTimeoutMs)}`.execute(tx)
    await run(tx)
  })
}
