import type { AccessClaims } from '../verifier/claims.ts'
import { TokenError } from '../verifier/token-error.ts'
import type { Verifier, VerifyOptions } from '../verifier/verifier.ts'

/**
 * What a guard answers to a request that it does not let pass: REST's words and the service's
 * codes.
 */
export interface Refusal {
  status: 401 | 503
  body: { detail: string; code: string }
  headers: Record<string, string>
}

/** What a guard decides about a request. */
export type Verdict = { kind: 'passed'; claims: AccessClaims } | { kind: 'refused'; refusal: Refusal }

/** Judges a request by its `Authorization` header. What is no fault of the token is thrown on. */
export async function judge(
  verifier: Verifier,
  authorization: string | null | undefined,
  options?: VerifyOptions,
): Promise<Verdict> {
  try {
    return { kind: 'passed', claims: await verifier.verifyHeader(authorization, options) }
  } catch (error) {
    if (!(error instanceof TokenError)) throw error
    return { kind: 'refused', refusal: describeRefusal(error) }
  }
}

/**
 * RFC 6750 section 3.1: whoever presented no token is asked for one; whoever presented a bad one is
 * told so.
 */
function describeRefusal({ code, status, message }: TokenError): Refusal {
  const challenge = code === 'not_authenticated' ? 'Bearer' : 'Bearer error="invalid_token"'
  return {
    status,
    body: { detail: message, code },
    headers: {
      'Cache-Control': 'no-store',
      ...(status === 401 ? { 'WWW-Authenticate': challenge } : { 'Retry-After': '1' }),
    },
  }
}
