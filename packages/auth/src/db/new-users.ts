import { type Kysely, sql } from 'kysely'
import { defaultUserIdGap } from '../config/user-ids.ts'
import type { Database } from './database.ts'
import { foldNewEmails, hasUnfolded, toKeys } from './emails.ts'
import { isElsewhere, moveUserIds } from './user-ids.ts'

/** A user to insert, with the profile. */
export interface NewUser {
  email: string
  passwordHash: string
  isActive: boolean
  displayName: string | undefined
  bio: string | undefined
}

/** A user who was inserted, with the profile as it is stored. */
export interface InsertedUser {
  id: number
  displayName: string
  bio: string
}

/**
 * Inserts a user with the email and the profile, in one statement; `undefined` when the email is
 * taken. Ids are never given out twice: where the database is on another server or timeline than
 * before, `userIdGap` ids are left out first.
 */
export async function insertUser(
  db: Kysely<Database>,
  user: NewUser,
  userIdGap = defaultUserIdGap,
): Promise<InsertedUser | undefined> {
  let inserted = await tryInsertUser(db, user, { waitsForFolding: true })
  if (inserted.hasUnfolded || inserted.isElsewhere) {
    if (inserted.hasUnfolded) await foldNewEmails(db)
    if (inserted.isElsewhere) await moveUserIds(db, userIdGap)
    inserted = await tryInsertUser(db, user, { waitsForFolding: false })
  }
  const { id, displayName, bio } = inserted
  return id === null ? undefined : { id, displayName, bio }
}

type Insertion = { hasUnfolded: boolean; isElsewhere: boolean } & (
  | InsertedUser
  | { id: null; displayName: null; bio: null }
)

/**
 * The email comes first: of two insertions of one email at once, the later waits there, and then
 * inserts nothing. Nothing is inserted either while users of the version before are not folded, if
 * the insertion waits for that, or where the database is elsewhere.
 */
async function tryInsertUser(
  db: Kysely<Database>,
  user: NewUser,
  { waitsForFolding }: { waitsForFolding: boolean },
): Promise<Insertion> {
  const { rows } = await sql<Insertion>`
    with state as (
      select ${hasUnfolded} and ${waitsForFolding} as "hasUnfolded", ${isElsewhere} as "isElsewhere"
    ), drawn as (
      select nextval(pg_get_serial_sequence('users', 'id')) as id from state
      where not "hasUnfolded" and not "isElsewhere"
    ), key as (
      insert into emails (email, user_id) select ${toKeys(user.email).folded}, id from drawn
      on conflict do nothing returning user_id
    ), added as (
      insert into users (id, email, password_hash, is_active, email_is_folded) overriding system value
      select user_id, ${user.email}, ${user.passwordHash}, ${user.isActive}, true from key returning id
    ), profile as (
      insert into profiles (user_id, display_name, bio)
      select id, ${user.displayName ?? 'Anonymous User'}, ${user.bio ?? ''} from added
      returning user_id as id, display_name as "displayName", bio
    )
    select state.*, profile.* from state left join profile on true`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('PostgreSQL returned no row.')
  return row
}

/**
 * Tells whether an insertion failed because a server of the version before was adding a user with
 * that email: it knows the index of the version before alone.
 */
export function isTakenByVersionBefore(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'users_lower_email_key'
}
