import { randomUUID } from 'node:crypto'
import type { Auth } from '../auth.ts'
import { type Client, insertEvent } from '../db/events.ts'
import { insertSession } from '../db/sessions.ts'
import { findUserByEmail, type UserToAuthenticate } from '../db/users.ts'
import { AuthError } from '../errors.ts'
import type { LoginInput, Session } from '../schema.ts'
import { mintPair } from './mint.ts'

/**
 * Logs a user in with email and password and starts a session. Two round trips to the database.
 * @throws {AuthError} invalid_credentials: unknown email, wrong password, unusable password and inactive user alike, after the
 * same work (OWASP Authentication, "Authentication Responses"); overloaded
 */
export async function login(auth: Auth, input: LoginInput, client: Client): Promise<Session> {
  const first = await attempt(auth, input, client)
  const { user, session } = first.isOvertaken ? await attempt(auth, input, client) : first
  if (user === undefined || session === undefined) {
    await insertEvent(auth.db, { kind: 'login_failed', userId: user?.id ?? null, client })
    throw new AuthError('invalid_credentials')
  }
  return { ...(await mintPair(auth, session)), user: toUser(user) }
}

/** An attempt is overtaken when its user changed since it was checked: by another login that renewed the hash, say. */
async function attempt(auth: Auth, { email, password }: LoginInput, client: Client) {
  const user = await findUserByEmail(auth.db, email)
  const isRight = await auth.passwords.verify(user?.passwordHash, password)
  if (!user?.isActive || !isRight) return { user, session: undefined, isOvertaken: false }
  const session = await startSession(auth, user, { password, client })
  return { user, session, isOvertaken: session === undefined }
}

async function startSession(
  { config, db, passwords }: Auth,
  user: UserToAuthenticate,
  { password, client }: { password: string; client: Client },
) {
  return insertSession(db, {
    id: randomUUID(),
    userId: user.id,
    checkedHash: user.passwordHash,
    renewedHash: passwords.isOutdated(user.passwordHash) ? await passwords.hash(password) : undefined,
    lifetimeSeconds: config.refreshTokenLifetimeSeconds,
    maxLifetimeSeconds: config.sessionMaxLifetimeSeconds,
    client,
  })
}

/** A user as every answer shows it: never a password or a hash. */
export function toUser(user: {
  id: number
  email: string
  displayName: string
  bio: string
}): Session['user'] {
  return { id: user.id, email: user.email, profile: { display_name: user.displayName, bio: user.bio } }
}
