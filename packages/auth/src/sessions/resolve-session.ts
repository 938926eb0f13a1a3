import { createHash, randomUUID } from 'node:crypto'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller } from '../caller.ts'
import { importLegacySessionAndEvents } from '../db/by-engine.ts'
import { isAdoptedByVersionBefore, type LegacySession } from '../db/adopted-sessions.ts'
import { AuthError } from '../errors.ts'

/** The session that a refresh token names and the generation that it was minted for. */
export interface PresentedSession {
  sessionId: string
  userId: number
  generation: number
}

/**
 * Returns the session of a refresh token. A token without `sid`, which the Django service signed
 * with the same `SECRET_KEY`, is adopted: it is generation 0 of a session that starts when its
 * `jti` is first presented.
 * @throws {AuthError} token_invalid (a `sid` without `gen`), account_unavailable
 */
export async function resolveSession(
  auth: Auth,
  { client, claims }: AuthenticatedCaller,
): Promise<PresentedSession> {
  if (claims.sid !== undefined) {
    if (claims.gen === undefined) throw new AuthError('token_invalid')
    return { sessionId: claims.sid, userId: claims.user_id, generation: claims.gen }
  }
  const adopted = await importTwice(auth, {
    id: randomUUID(),
    userId: claims.user_id,
    jti: storableJti(claims.jti),
    exp: claims.exp,
    iat: claims.iat ?? 0,
    maxLifetimeSeconds: auth.settings.sessionMaxLifetimeSeconds,
    sessionsPerUser: auth.settings.sessionsPerUser,
    client,
  })
  if (adopted === undefined) throw new AuthError('account_unavailable')
  return { sessionId: adopted.id, userId: claims.user_id, generation: 0 }
}

/**
 * A second time meets the session of a concurrent adoption. Where even that fails, another user has
 * adopted the same `jti`, which the index of the version before forbids.
 */
async function importTwice({ db }: Auth, session: LegacySession): Promise<{ id: string } | undefined> {
  const tryImport = () => importLegacySessionAndEvents(db, session)
  const ignore = (error: unknown) => {
    if (!isAdoptedByVersionBefore(error)) throw error
    return undefined
  }
  return (await tryImport().catch(ignore)) ?? tryImport().catch(ignore)
}

/**
 * SimpleJWT's ids are 32 hexadecimal digits. Any other id is kept by its digest: an index row has a
 * size limit.
 */
export function storableJti(jti: string): string {
  return /^[\w.-]{1,64}$/.test(jti) ? jti : `sha256:${createHash('sha256').update(jti).digest('hex')}`
}
