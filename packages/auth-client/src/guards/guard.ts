import type { AccessClaims } from '../verifier/claims.ts'
import { TokenError } from '../verifier/token-error.ts'
import type { Verifier, VerifyOptions } from '../verifier/verifier.ts'

/** The answer of a guard to a request that it refuses: REST's texts and the service's codes. */
export interface ErrorResponse {
  status: 401 | 503
  body: { detail: string; code: string }
  headers: Record<string, string>
}

/** The decision of a guard about a request. */
export type Decision =
  | { kind: 'passed'; claims: AccessClaims }
  | { kind: 'refused'; errorResponse: ErrorResponse }

/**
 * Decides about a request by its `Authorization` header. Rethrows errors that are not the token's
 * fault.
 */
export async function authorize(
  verifier: Verifier,
  authorization: string | null | undefined,
  options?: VerifyOptions,
): Promise<Decision> {
  try {
    return { kind: 'passed', claims: await verifier.verifyHeader(authorization, options) }
  } catch (error) {
    if (!(error instanceof TokenError)) throw error
    return { kind: 'refused', errorResponse: toErrorResponse(error) }
  }
}

/**
 * Sets the challenge of RFC 6750 section 3.1: without an error for a request without a token, with
 * one for an invalid token.
 */
function toErrorResponse({ code, status, message }: TokenError): ErrorResponse {
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
