import { hash, randomUUID } from 'node:crypto'
import type { Auth } from '../auth.ts'
import type { LiveSession } from '../db/sessions.ts'

/** An access token and the refresh token of the same generation. */
export interface IssuedTokens {
  refresh: string
  access: string
}

/**
 * Issues the token pair of a live session: the one place that signs for a user. The refresh token
 * is a function of session and generation, so that a replayed refresh gets the same token byte for
 * byte. The access token is new each time; it outlives neither `ACCESS_TOKEN_LIFETIME` nor the
 * session's end. No `iat` is ahead of this machine's clock: a verifier would refuse the token as
 * early. Claims stand in SimpleJWT's order. Only the access token says whether the email is
 * verified: that may change between a refresh and its replay.
 */
export async function issueTokens(
  { settings, tokens, now }: Auth,
  session: LiveSession,
): Promise<IssuedTokens> {
  const { userId: user_id, email, id: sid, generation: gen, isEmailVerified } = session
  const owner = { user_id, email, sid, gen }
  const issuedAt = Math.min(epochSeconds(session.now), epochSeconds(now()))
  const endsAt = epochSeconds(session.endsAt)
  const [refresh, access] = await Promise.all([
    tokens.sign({
      token_type: 'refresh',
      exp: epochSeconds(session.expiresAt),
      iat: epochSeconds(session.issuedAt),
      jti: hash('sha256', `${session.id}.${session.generation}`).slice(0, 32),
      ...owner,
    }),
    tokens.sign({
      token_type: 'access',
      exp: Math.min(issuedAt + settings.accessTokenLifetimeSeconds, endsAt),
      iat: issuedAt,
      jti: randomUUID().replaceAll('-', ''),
      ...owner,
      ...(settings.mails.verification !== 'off' && { email_verified: isEmailVerified }),
    }),
  ])
  return { refresh, access }
}

function epochSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}
