import type { Transaction } from 'kysely'
import type { Caller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import type { Database } from '../db/database.ts'
import { countDeadTokens as countDead, type DeadToken, insertDeadTokens } from '../db/dead-tokens.ts'
import { type ImportProgress, updateImportProgress } from '../db/django-imports.ts'
import {
  deleteEmailsOfUsers,
  findDispossessed,
  findOwnersBefore,
  type ImportedEmail,
  insertImportedEmails,
} from '../db/imported-emails.ts'
import {
  type DigestedUser,
  findImported,
  type ImportedUser,
  insertImportedUsers,
  type KnownUser,
  lockImports,
  queueImports,
  updateImportedUsers,
} from '../db/imported-users.ts'
import { revokeSessionsAndInsertEvents } from '../db/by-engine.ts'
import { toEmailKey } from '../emails/email-key.ts'
import { storableJti } from '../sessions/resolve-session.ts'
import type { Admin } from './admin.ts'
import { digestOf } from './digest.ts'

/** A batch of users to import. */
export interface UsersToImport {
  users: readonly ImportedUser[]
  /** Recorded in the transaction of the batch. */
  progress?: ImportProgress
  /**
   * Who owns a folded email that several users have in different spellings, by folded email.
   * Default: the user who has it already, else the first of the batch.
   */
  owners?: ReadonlyMap<string, number>
}

/** What a batch changed. */
export interface ImportedBatch {
  inserted: number
  updated: number
  /** Users who were as they were imported last. */
  unchanged: number
}

/**
 * Imports users in one transaction: inserts new ones with their profiles and emails, updates those
 * whose row differs from the one that was imported last, and leaves the others as they are. A user
 * who turns inactive loses all sessions. Ids, emails, hashes and times are kept as they are given.
 * @throws PostgreSQL's unique violation (23505) where an id is that of a user who was not imported
 * @example
 * const { inserted, updated } = await importUsers(admin, operator, { users })
 */
export async function importUsers(
  { db }: Pick<Admin, 'db'>,
  { client }: Caller,
  { users, progress, owners = new Map() }: UsersToImport,
): Promise<ImportedBatch> {
  const digested = users.map((user) => ({ ...user, digest: digestOf(user) }))
  return db.transaction().execute(async (tx) => {
    await lockImports(tx)
    const known = await findImported(
      tx,
      users.map(({ id }) => id),
    )
    const other = digested.filter(({ id, digest }) => known.get(id)?.digest !== digest)
    const isHere = ({ id }: ImportedUser) => typeof known.get(id)?.email === 'string'
    const fresh = other.filter((user) => !isHere(user))
    const changed = other.filter(isHere)
    if (fresh.length > 0) await insertImportedUsers(tx, fresh)
    if (changed.length > 0) await updateImportedUsers(tx, changed)
    const kept = owners.size === 0 ? [] : digested.filter(({ id, email }) => known.get(id)?.email === email)
    await giveEmails(tx, { fresh, changed, kept, known, owners })
    for (const { id, isActive } of changed) {
      if (isActive || known.get(id)?.isActive !== true) continue
      await revokeSessionsAndInsertEvents(tx, { because: 'deactivated', client, userId: id })
      await insertEvent(tx, { kind: 'user_deactivated', userId: id, client })
    }
    if (progress) await updateImportProgress(tx, progress)
    return {
      inserted: fresh.length,
      updated: changed.length,
      unchanged: users.length - fresh.length - changed.length,
    }
  })
}

interface Batch {
  fresh: readonly DigestedUser[]
  changed: readonly DigestedUser[]
  /** Users whose email is as it was. */
  kept: readonly DigestedUser[]
  known: ReadonlyMap<number, KnownUser>
  owners: ReadonlyMap<string, number>
}

/**
 * Gives rows in `emails` to new users, to those with another email, and to named owners who lack
 * theirs.
 */
async function giveEmails(tx: Transaction<Database>, batch: Batch): Promise<void> {
  const { fresh, known, owners } = batch
  const moved = batch.changed.filter(({ id, email }) => known.get(id)?.email !== email)
  const arrived = toEmails([...fresh, ...moved], owners)
  const named = toEmails(batch.kept, owners).filter(({ folded, isOwner }) => isOwner && owners.has(folded))
  const emails = [...arrived, ...(await findDispossessed(tx, named))]
  await deleteEmailsOfUsers(
    tx,
    emails.filter(({ id }) => known.has(id)).map(({ id }) => id),
  )
  const others = await findOwnersBefore(
    tx,
    emails.filter(({ folded, isOwner }) => isOwner && owners.has(folded)),
  )
  await deleteEmailsOfUsers(
    tx,
    others.map(({ id }) => id),
  )
  const given = [...emails, ...others].filter(({ folded }) => folded !== '')
  if (given.length > 0) await insertImportedEmails(tx, given)
}

/** Without a named owner the first of the users owns the folded email. */
function toEmails(
  users: readonly Pick<ImportedUser, 'id' | 'email'>[],
  owners: ReadonlyMap<string, number>,
): ImportedEmail[] {
  const first = new Map<string, number>()
  return users.map(({ id, email }) => {
    const folded = toEmailKey(email)
    if (!first.has(folded)) first.set(folded, id)
    return { id, email, folded, isOwner: (owners.get(folded) ?? first.get(folded)) === id }
  })
}

/** A batch of blacklisted tokens. */
export interface TokensToImport extends Pick<UsersToImport, 'progress'> {
  tokens: readonly DeadToken[]
}

/**
 * Lets tokens stay dead that Django blacklisted, under either leader: here they count as adopted
 * and logged out. One that names a session of this service revokes it. Returns how many were not
 * dead here before.
 * @example
 * const changed = await importDeadTokens(admin, operator, { tokens })
 */
export async function importDeadTokens(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { tokens, progress }: TokensToImport,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await queueImports(tx)
    const changed = await insertDeadTokens(
      tx,
      tokens.map((token) => ({ ...token, jti: storableJti(token.jti) })),
    )
    if (progress) await updateImportProgress(tx, progress)
    return changed
  })
}

/**
 * Counts those of some blacklisted tokens that are dead here.
 * @example
 * const dead = await countDeadTokens(admin, operator, { tokens })
 */
export async function countDeadTokens(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { tokens }: Pick<TokensToImport, 'tokens'>,
): Promise<number> {
  return countDead(
    db,
    tokens.map((token) => ({ ...token, jti: storableJti(token.jti) })),
  )
}
