import type { Auth } from '../auth.ts'
import { endSessions } from '../db/ended-sessions.ts'
import type { Client } from '../db/events.ts'
import { insertReuse } from '../db/reuses.ts'
import { type RotatedSession, type Rotation, rotateSession } from '../db/rotations.ts'
import { findSessionForUpdate, type LiveSession } from '../db/sessions.ts'
import { AuthError, type AuthErrorCode } from '../errors.ts'
import type { RefreshOutcome } from '../observer.ts'
import type { TokenPair } from '../schema.ts'
import { adoptSession } from './adopt.ts'
import { mintPair } from './mint.ts'

/**
 * Exchanges a refresh token for the next pair. The current token rotates the session; the one before it, within
 * `REFRESH_REUSE_GRACE` or until the pair that followed is used, gets the same refresh token again; any other is reused: recorded,
 * and under `BLACKLIST_AFTER_ROTATION` the end of its session (RFC 9700 section 4.14.2). One round trip when all is well.
 * @throws {AuthError} throttled; what `Tokens.verify` throws; session_ended, token_expired, account_unavailable, token_invalid
 */
export async function refresh(auth: Auth, input: { refresh: string }, client: Client): Promise<TokenPair> {
  const { config, db, limits, tokens } = auth
  await limits.refreshes.consume(client.ip)
  const claims = await tokens.verify(input.refresh, 'refresh')
  const rotation = {
    ...(await adoptSession(auth, claims, client)),
    rotate: config.rotateRefreshTokens,
    graceSeconds: config.refreshReuseGraceSeconds,
    lifetimeSeconds: config.refreshTokenLifetimeSeconds,
    client,
  }
  const session = (await rotate(auth, db, rotation)) ?? (await settle(auth, rotation))
  const { access, refresh } = await mintPair(auth, session)
  const isKept = !config.rotateRefreshTokens && session.generation === rotation.generation
  return isKept ? { access } : { access, refresh }
}

async function rotate(
  { observer }: Auth,
  db: Auth['db'],
  rotation: Rotation,
): Promise<LiveSession | undefined> {
  const session = await rotateSession(db, rotation)
  if (session !== undefined) observer.refreshed(outcomeOf(session, rotation))
  return session
}

function outcomeOf({ hasMoved, generation }: RotatedSession, presented: Rotation): RefreshOutcome {
  if (hasMoved) return 'rotated'
  return generation === presented.generation ? 'kept' : 'replayed'
}

type Verdict = { kind: 'granted'; session: LiveSession } | { kind: 'refused'; code: AuthErrorCode }

/** Decides inside a transaction why a session did not rotate, and throws after it, so that a revocation stays. */
async function settle(auth: Auth, rotation: Rotation): Promise<LiveSession> {
  const verdict = await auth.db.transaction().execute(async (tx): Promise<Verdict> => {
    const session = await findSessionForUpdate(tx, rotation)
    if (session === undefined || session.isRevoked) return { kind: 'refused', code: 'session_ended' }
    if (session.isOver) return { kind: 'refused', code: 'token_expired' }
    if (!session.isActive) return { kind: 'refused', code: 'account_unavailable' }
    if (session.generation < rotation.generation) return { kind: 'refused', code: 'token_invalid' }

    const rotated = await rotate(auth, tx, rotation)
    if (rotated !== undefined) return { kind: 'granted', session: rotated }

    const { sessionId, userId, client } = rotation
    auth.observer.refreshed('reused')
    await insertReuse(tx, { sessionId, presented: rotation.generation, client })
    if (!auth.config.blacklistAfterRotation) return { kind: 'granted', session }
    await endSessions(tx, { because: 'reuse', client, userId, sessionId })
    return { kind: 'refused', code: 'session_ended' }
  })
  if (verdict.kind === 'refused') throw new AuthError(verdict.code)
  return verdict.session
}
