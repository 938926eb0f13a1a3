import { sql, type Transaction } from 'kysely'
import type { Database, Leader } from '../db/database.ts'
import {
  getLeadership as readLeadership,
  guardAccounts,
  holdLeaderAndWriteForDjango,
  type Leadership,
  mergeLoginsHere,
  unguardAccounts,
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
 * @example await setLeader(admin, 'django')
 */
export async function setLeader({ db }: Pick<Admin, 'db'>, leader: Leader): Promise<boolean> {
  if (leader === 'django') await inShortTransaction(db, guardAccounts)
  const isNew = await db.transaction().execute((tx) => updateLeader(tx, leader))
  if (leader === 'accounts') while ((await mergeLoginsHere(db)) > 0);
  return isNew
}

/**
 * Runs writes that come from Django, in one transaction. Returns `undefined`, and runs nothing,
 * unless Django leads; it leads until the transaction ends.
 * @example await writeForDjango(admin, (tx) => applyUsers(tx, users))
 */
export async function writeForDjango<Result>(
  { db }: Pick<Admin, 'db'>,
  run: (tx: Transaction<Database>) => Promise<Result>,
): Promise<Result | undefined> {
  return db
    .transaction()
    .execute(async (tx) => ((await holdLeaderAndWriteForDjango(tx)) === 'django' ? run(tx) : undefined))
}

/**
 * Ends the time beside Django: this service leads, and PostgreSQL no longer looks who does.
 * @example await leaveDjango(admin)
 */
export async function leaveDjango({ db }: Pick<Admin, 'db'>): Promise<void> {
  await setLeader({ db }, 'accounts')
  await inShortTransaction(db, unguardAccounts)
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
