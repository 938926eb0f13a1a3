import type { Verifier, VerifyOptions } from '../verifier/verifier.ts'
import { noteClaims } from './claims-of-request.ts'
import { authorize } from './guard.ts'

export { getClaims } from './claims-of-request.ts'

/** The part of Fastify that the guard uses. */
interface Request {
  headers: { authorization?: string | undefined }
}

interface Reply {
  code(status: number): { headers(headers: Record<string, string>): { send(body: unknown): unknown } }
}

/**
 * Creates a Fastify `onRequest` hook that lets only requests with a valid access token pass. Others
 * get 401. `getClaims(request)` returns the claims.
 * @example
 * app.get('/mine', { onRequest: requireUser(verifier) }, async (request) => ({
 *   user: getClaims(request).user_id,
 * }))
 */
export function requireUser(verifier: Verifier, options?: VerifyOptions) {
  return async (request: Request, reply: Reply): Promise<unknown> => {
    const decision = await authorize(verifier, request.headers.authorization, options)
    if (decision.kind === 'passed') {
      noteClaims(request, decision.claims)
      return undefined
    }
    const { status, headers, body } = decision.errorResponse
    reply.code(status).headers(headers).send(body)
    return reply
  }
}
