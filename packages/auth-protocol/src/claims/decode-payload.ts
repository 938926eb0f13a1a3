/**
 * Returns the claims of a JWT without verifying it: they tell a client when to refresh and which
 * tokens belong together, and prove nothing. Empty for what is no JWT. Characters beyond ASCII come
 * out wrong.
 *
 * @example decodePayload(accessToken)['exp'] // epoch seconds
 */
export function decodePayload(token: string): Record<string, unknown> {
  try {
    const payload = token.split('.')[1] ?? ''
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof claims === 'object' && claims !== null ? { ...claims } : {}
  } catch {
    return {}
  }
}
