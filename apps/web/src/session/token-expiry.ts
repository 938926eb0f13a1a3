/**
 * Reads when a JWT expires (`exp`, RFC 7519 section 4.1.4), in epoch seconds; `undefined` for what
 * is no JWT or has no expiry. It decodes and does not verify: the answer only decides how long a
 * cookie lives and when to renew it.
 */
export function findTokenExpiry(token: string): number | undefined {
  return findTime(token, 'exp')
}

/** Reads when a JWT was issued (`iat`, RFC 7519 section 4.1.6), in epoch seconds, likewise. */
export function findTokenIssue(token: string): number | undefined {
  return findTime(token, 'iat')
}

function findTime(token: string, claim: 'exp' | 'iat'): number | undefined {
  const payload = token.split('.')[1]
  if (payload === undefined) return undefined
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return readTime(claims, claim)
  } catch {
    return undefined
  }
}

function readTime(claims: unknown, claim: 'exp' | 'iat'): number | undefined {
  if (typeof claims !== 'object' || claims === null) return undefined
  const time: unknown = Reflect.get(claims, claim)
  return typeof time === 'number' && Number.isFinite(time) ? time : undefined
}
