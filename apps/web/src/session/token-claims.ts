import { decodePayload } from '@pockitflyer/auth-protocol/claims'

/**
 * Returns when a JWT expires (`exp`, RFC 7519 section 4.1.4), in epoch seconds; `undefined` for
 * text that is no JWT or has no expiry. It decodes and does not verify: the answer only decides how
 * long a cookie lives and when to refresh it.
 */
export function findTokenExpiry(token: string): number | undefined {
  return toTime(decodePayload(token)['exp'])
}

/** Returns when a JWT was issued (`iat`, RFC 7519 section 4.1.6), in epoch seconds, likewise. */
export function findTokenIssue(token: string): number | undefined {
  return toTime(decodePayload(token)['iat'])
}

/** Returns the id of a JWT's user, likewise. Tokens of the Django service may hold it as text. */
export function findTokenUser(token: string): string | undefined {
  const id = decodePayload(token)['user_id']
  return typeof id === 'number' || typeof id === 'string' ? String(id) : undefined
}

function toTime(claim: unknown): number | undefined {
  return typeof claim === 'number' && Number.isFinite(claim) ? claim : undefined
}
