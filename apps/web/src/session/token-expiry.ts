/**
 * Reads when a JWT expires (`exp`, RFC 7519 section 4.1.4), in epoch seconds; `undefined` for what is no JWT or has no
 * expiry. It decodes and does not verify: the answer only decides how long a cookie lives and when to renew it.
 */
export function findTokenExpiry(token: string): number | undefined {
  const payload = token.split('.')[1]
  if (payload === undefined) return undefined
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return readExpiry(claims)
  } catch {
    return undefined
  }
}

function readExpiry(claims: unknown): number | undefined {
  if (typeof claims !== 'object' || claims === null || !('exp' in claims)) return undefined
  return Number.isFinite(claims.exp) && typeof claims.exp === 'number' ? claims.exp : undefined
}
