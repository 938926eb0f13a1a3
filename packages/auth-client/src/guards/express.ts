import type { Verifier, VerifyOptions } from '../verifier/verifier.ts'
import { noteClaims } from './claims-of-request.ts'
import { authorize } from './guard.ts'

export { getClaims } from './claims-of-request.ts'

/** The part of Express, 4 or 5, that the guard uses. */
interface Request {
  headers: { authorization?: string | undefined }
}

interface Response {
  set(headers: Record<string, string>): unknown
  status(code: number): { json(body: unknown): unknown }
}

/**
 * Creates Express middleware that lets only requests with a valid access token pass. Others get
 * 401. `getClaims(request)` returns the claims.
 * @example
 * app.get('/mine', requireUser(verifier), (request, response) => {
 *   response.json({ user: getClaims(request).user_id })
 * })
 */
export function requireUser(verifier: Verifier, options?: VerifyOptions) {
  return async (request: Request, response: Response, next: (error?: unknown) => void): Promise<void> => {
    // Express 4 ignores the promise: every failure must reach it through next().
    const decision = await authorize(verifier, request.headers.authorization, options).catch(asFault)
    switch (decision.kind) {
      case 'passed':
        noteClaims(request, decision.claims)
        next()
        return
      case 'refused':
        response.set(decision.errorResponse.headers)
        response.status(decision.errorResponse.status).json(decision.errorResponse.body)
        return
      case 'fault':
        next(decision.error)
    }
  }
}

function asFault(error: unknown) {
  return { kind: 'fault', error } as const
}
