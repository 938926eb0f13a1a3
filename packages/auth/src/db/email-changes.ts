import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import { toKeys } from './emails.ts'

/** An open change of a user's email. */
export interface EmailChange {
  /** Also the id of the token that goes to the new email. */
  id: string
  /** The id of the token that undoes it. */
  undoId: string
  oldEmail: string
  /** As the user typed it. */
  newEmail: string
  /** `newEmail`, folded. */
  newKey: string
  expiresAt: Date
  /** Whether both mailboxes must agree. */
  needsConsents: boolean
  oldHasConfirmed: boolean
  newHasConfirmed: boolean
}

/** The columns of an `EmailChange`. */
export const changeColumns = [
  'id',
  'undo_id as undoId',
  'old_email as oldEmail',
  'new_email as newEmail',
  'new_key as newKey',
  'expires_at as expiresAt',
  'needs_consents as needsConsents',
  sql<boolean>`old_confirmed_at is not null`.as('oldHasConfirmed'),
  sql<boolean>`new_confirmed_at is not null`.as('newHasConfirmed'),
] as const

/** Not applied and not cancelled. */
export const isOpen = sql<boolean>`applied_at is null and cancelled_at is null`
/** Not over. */
export const isInTime = sql<boolean>`expires_at > now()`
/** Consents of both mailboxes count while the user's password is the same. */
export const isOfPassword = (userId: number) =>
  sql<boolean>`(not needs_consents or password_changed_at =
    (select u.password_changed_at from users u where u.id = ${userId}))`

interface NewEmailChange {
  userId: number
  id: string
  undoId: string
  oldEmail: string
  newEmail: string
  needsConsents: boolean
  lifetimeSeconds: number
}

/**
 * Opens a change of email in place of the one that is open. A change to the same email goes on, so
 * that its first mail still works and a consent stays. Returns the id. The caller holds the lock of
 * the user's row.
 */
export async function renewOrInsertEmailChange(
  tx: Transaction<Database>,
  { userId, id, undoId, oldEmail, newEmail, needsConsents, lifetimeSeconds }: NewEmailChange,
): Promise<string> {
  const newKey = toKeys(newEmail).folded
  const renewed = await tx
    .updateTable('email_changes')
    .set({ new_email: newEmail })
    .where('user_id', '=', userId)
    .where('new_key', '=', newKey)
    .where('old_email', '=', oldEmail)
    .where('needs_consents', '=', needsConsents)
    .where(isOfPassword(userId))
    .where(isOpen)
    .where(isInTime)
    .returning('id')
    .executeTakeFirst()
  if (renewed !== undefined) return renewed.id
  await updateEmailChangeCancelled(tx, { userId })
  await sql`
    insert into email_changes
      (user_id, id, undo_id, old_email, new_email, new_key, expires_at, needs_consents, password_changed_at)
    select u.id, ${id}::uuid, ${undoId}::uuid, ${oldEmail}::text, ${newEmail}::text, ${newKey}::text,
      now() + make_interval(secs => ${lifetimeSeconds}), ${needsConsents}::boolean,
      ${needsConsents ? sql`u.password_changed_at` : sql`null::timestamptz`}
    from users u where u.id = ${userId}`.execute(tx)
  return id
}

/**
 * Cancels the open change of a user, or the one that `undoId` undoes, and voids the link that was
 * mailed to the new email. Returns whether there was one.
 */
export async function updateEmailChangeCancelled(
  tx: Transaction<Database>,
  { userId, undoId }: { userId: number; undoId?: string },
): Promise<boolean> {
  const cancelled = await tx
    .with('cancelled', (cte) =>
      cte
        .updateTable('email_changes')
        .set({ cancelled_at: sql`now()` })
        .where('user_id', '=', userId)
        .$if(undoId !== undefined, (query) => query.where('undo_id', '=', undoId ?? null))
        .where(isOpen)
        .returning('id'),
    )
    .with('voided', (cte) =>
      cte
        .updateTable('one_time_tokens as t')
        .from('cancelled')
        .set({ expires_at: sql`now()` })
        .where('t.user_id', '=', userId)
        .whereRef('t.id', '=', 'cancelled.id')
        .where('t.consumed_at', 'is', null)
        .returning('t.id'),
    )
    .selectFrom('cancelled')
    .select('id')
    .executeTakeFirst()
  return cancelled !== undefined
}

/** Finds the open change with this id. */
export async function findOpenEmailChange(
  db: Kysely<Database>,
  { userId, id }: { userId: number; id: string },
): Promise<EmailChange | undefined> {
  return db
    .selectFrom('email_changes')
    .select(changeColumns)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where(isOpen)
    .where(isInTime)
    .executeTakeFirst()
}

/** Notes that a change was applied. The caller found it open, under the lock of the user's row. */
export async function updateEmailChangeApplied(
  tx: Transaction<Database>,
  { userId, id }: { userId: number; id: string },
): Promise<void> {
  await tx
    .updateTable('email_changes')
    .set({ applied_at: sql`now()` })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute()
}

/** Returns whether the change that a token undoes was applied; `undefined` if there is none. */
export async function isEmailChangeApplied(
  db: Kysely<Database>,
  { userId, undoId }: { userId: number; undoId: string },
): Promise<boolean | undefined> {
  const change = await db
    .selectFrom('email_changes')
    .select('applied_at')
    .where('user_id', '=', userId)
    .where('undo_id', '=', undoId)
    .executeTakeFirst()
  return change && change.applied_at !== null
}

/**
 * Deletes up to `limit` changes that ended before `olderThanDays`, and as many former emails that
 * are kept no more. Returns how many.
 */
export async function deleteOldEmailChanges(
  db: Kysely<Database>,
  { olderThanDays, limit }: { olderThanDays: number; limit: number },
): Promise<number> {
  const changes = await sql`
    delete from email_changes where (user_id, id) in (
      select user_id, id from email_changes
      where expires_at < now() - make_interval(days => ${olderThanDays}) limit ${sql.lit(limit)})`.execute(db)
  const emails = await sql`
    delete from emails where email = any (array(
      select email from emails where kept_until <= now() limit ${limit})) and kept_until <= now()`.execute(db)
  return Number(changes.numAffectedRows ?? 0n) + Number(emails.numAffectedRows ?? 0n)
}
