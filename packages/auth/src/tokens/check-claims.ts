import type { JWTPayload } from 'jose'
import { AuthError } from '../errors.ts'

/** What the claims of a token are held against. */
export interface Expectations {
  issuer: string | undefined
  audience: string | undefined
  leewaySeconds: number
  currentDate: Date
}

/**
 * Checks whom a token is from and for, and its times (RFC 7519 sections 4.1.1 to 4.1.6): what was
 * never valid is told before what is valid no more. `exp` of 1e400 is read as infinite, and is no
 * time.
 * @throws {AuthError} token_invalid, token_expired
 */
export function checkClaims(payload: JWTPayload, expected: Expectations): void {
  const { iss, exp, nbf, iat, sid } = payload
  const time = expected.currentDate.getTime() / 1000
  const now = Math.floor(time)
  const isOurs =
    (expected.issuer === undefined || iss === expected.issuer) &&
    (expected.audience === undefined || [payload.aud].flat().includes(expected.audience)) &&
    [exp, nbf, iat].every(isTime) &&
    !isAhead(nbf, now, expected) &&
    // Ours (they have a `sid`) carry PostgreSQL's time: a server whose clock is behind must not
    // refuse what was minted a moment ago.
    (sid !== undefined || !isAhead(iat, time, expected))
  if (!isOurs) throw new AuthError('token_invalid')
  if (exp !== undefined && exp <= now - expected.leewaySeconds) throw new AuthError('token_expired')
}

function isTime(value: unknown): boolean {
  return value === undefined || Number.isFinite(value)
}

function isAhead(claim: number | undefined, now: number, { leewaySeconds }: Expectations): boolean {
  return claim !== undefined && claim > now + leewaySeconds
}
