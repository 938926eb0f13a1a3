import type { AccessClaims } from '../verifier/claims.ts'
import type { Verifier, VerifyOptions } from '../verifier/verifier.ts'
import { authorize } from './guard.ts'

/**
 * Creates a Next.js route handler, or any function from `Request` to `Response`, that runs only for
 * a valid access token. The handler gets the claims beside `params`. Other requests get 401.
 * @example
 * export const GET = withUser(verifier, (_request, { claims }) =>
 *   Response.json({ user: claims.user_id }),
 * )
 */
export function withUser<AnyRequest extends Request, Context extends object>(
  verifier: Verifier,
  handler: (request: AnyRequest, context: Context & { claims: AccessClaims }) => Response | Promise<Response>,
  options?: VerifyOptions,
): (request: AnyRequest, context: Context) => Promise<Response> {
  return async (request, context) => {
    const decision = await authorize(verifier, request.headers.get('authorization'), options)
    if (decision.kind === 'passed') return handler(request, { ...context, claims: decision.claims })
    const { status, headers, body } = decision.errorResponse
    return Response.json(body, { status, headers })
  }
}
