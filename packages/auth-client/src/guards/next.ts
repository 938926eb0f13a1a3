import type { AccessClaims } from '../verifier/claims.ts'
import type { Verifier, VerifyOptions } from '../verifier/verifier.ts'
import { judge } from './guard.ts'

/**
 * Makes a Next.js route handler, or any function from `Request` to `Response`, that runs only for a
 * good access token. The handler gets the claims beside what Next.js gives it (`params`). Others
 * get 401.
 */
export function withUser<AnyRequest extends Request, Context extends object>(
  verifier: Verifier,
  handler: (request: AnyRequest, context: Context & { claims: AccessClaims }) => Response | Promise<Response>,
  options?: VerifyOptions,
): (request: AnyRequest, context: Context) => Promise<Response> {
  return async (request, context) => {
    const verdict = await judge(verifier, request.headers.get('authorization'), options)
    if (verdict.kind === 'passed') return handler(request, { ...context, claims: verdict.claims })
    const { status, headers, body } = verdict.refusal
    return Response.json(body, { status, headers })
  }
}
