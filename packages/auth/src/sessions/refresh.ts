import { generationMax } from '@pockitflyer/auth-protocol/claims'
import type { AuthErrorCode } from '@pockitflyer/auth-protocol/errors'
import type { TokenPair } from '@pockitflyer/auth-protocol/schemas'
import type { Transaction } from 'kysely'
import type { Auth } from '../auth.ts'
import type { Caller } from '../caller.ts'
import type { Database } from '../db/database.ts'
import { revokeSessionsAndInsertEvents, rotateSession } from '../db/by-engine.ts'
import {
  updateSessionAndInsertReuseEvent,
  updateSessionAndInsertRecoveryEvent,
} from '../db/session-incidents.ts'
import type { RotatedSession, Rotation } from '../db/session-rotation.ts'
import { findSessionForUpdate, type LiveSession, type SessionState } from '../db/sessions.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { AuthError } from '../errors.ts'
import type { RefreshOutcome } from '../observer.ts'
import { notify } from '../mails/notify.ts'
import { isOtherDevice } from './device.ts'
import { resolveSession } from './resolve-session.ts'
import { findLoss } from './find-loss.ts'
import { issueTokens } from './issue-tokens.ts'

/**
 * Exchanges a refresh token for the next pair. The current token rotates the session; the one
 * before it, within `REFRESH_REUSE_GRACE` or until the pair that followed is used, gets the same
 * refresh token again; any other is reused: recorded, and under `BLACKLIST_AFTER_ROTATION` the end
 * of its session (RFC 9700 section 4.14.2). One round trip when all is well.
 * @throws {AuthError} throttled; what `Tokens.verify` throws; session_ended, token_expired,
 *   account_unavailable, token_invalid
 */
export async function refresh(
  auth: Auth,
  { client }: Caller,
  input: { refresh: string },
): Promise<TokenPair> {
  const { settings, db, limits, tokens } = auth
  await limits.refreshes.consume(client.ip)
  const claims = await tokens.verify(input.refresh, 'refresh')
  const rotation = {
    ...(await resolveSession(auth, { client, claims })),
    rotate: settings.rotateRefreshTokens,
    graceSeconds: settings.refreshReuseGraceSeconds,
    leewaySeconds: claims.leewaySeconds,
    lifetimeSeconds: settings.refreshTokenLifetimeSeconds,
    clock: auth.now(),
    client,
  }
  const session =
    (await rotate(auth, db, rotation)) ?? (await refuseOrReplay(auth, { ...rotation, exp: claims.exp }))
  const { access, refresh } = await issueTokens(auth, session)
  const isKept = session.generation === rotation.generation
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

/** A refresh that did not rotate its session, and the `exp` of its token. */
interface Presented extends Rotation {
  exp: number
}

/**
 * Decides inside a transaction why a session did not rotate. Throws after it, so that a revocation
 * commits.
 */
async function refuseOrReplay(auth: Auth, presented: Presented): Promise<LiveSession> {
  const verdict = await inUserTransaction(auth.db, presented.userId, async (tx): Promise<Verdict> => {
    const session = await findSessionForUpdate(tx, presented)
    if (session === undefined) return { kind: 'refused', code: await findLoss(tx, presented.userId) }
    const code = findRefusal(session, presented)
    if (code !== undefined) return { kind: 'refused', code }
    if (isAhead(presented, session)) return recover(auth, tx, { ...presented, current: session.generation })

    const rotated = await rotate(auth, tx, presented)
    if (rotated !== undefined) return { kind: 'granted', session: rotated }

    const { sessionId, userId, generation, client } = presented
    auth.observer.refreshed('reused')
    const isRecorded = await updateSessionAndInsertReuseEvent(tx, {
      sessionId,
      userId,
      presented: generation,
      client,
    })
    const isTheft = auth.settings.blacklistAfterRotation || isOtherDevice(session.userAgent, client.userAgent)
    if (isRecorded && isTheft)
      await notify(tx, auth.settings, { userId, notice: 'session_reused', client, mailId: sessionId })
    if (!auth.settings.blacklistAfterRotation) return { kind: 'granted', session }
    await revokeSessionsAndInsertEvents(tx, { because: 'reuse', client, userId, sessionId })
    return { kind: 'refused', code: 'session_ended' }
  })
  if (verdict.kind === 'refused') throw new AuthError(verdict.code)
  return verdict.session
}

/**
 * A token ahead of the row proves a later `expires_at` than the row holds. It proves nothing about
 * `ends_at`.
 */
function findRefusal(session: SessionState, presented: Presented): AuthErrorCode | undefined {
  if (session.isRevoked) return 'session_ended'
  if (session.hasEnded || (session.hasExpired && !isAhead(presented, session))) return 'token_expired'
  if (!session.isActive) return 'account_unavailable'
  return presented.generation < generationMax ? undefined : 'token_invalid'
}

const isAhead = (presented: Presented, session: SessionState) => presented.generation > session.generation

/**
 * Moves the session to the token's generation: we signed the token, so a failover lost the
 * rotations that led to it.
 */
async function recover(
  auth: Auth,
  tx: Transaction<Database>,
  { current, ...presented }: Presented & { current: number },
): Promise<Verdict> {
  const { generation, ...rest } = presented
  await updateSessionAndInsertRecoveryEvent(tx, { ...rest, presented: generation, current })
  const session = await rotateSession(tx, { ...presented, waitsForStandby: true })
  if (session === undefined) return { kind: 'refused', code: 'token_expired' }
  auth.observer.refreshed('recovered')
  return { kind: 'granted', session }
}
