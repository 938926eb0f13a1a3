import { createVerifier } from '../../src/verifier/index.ts'
import { secretKey } from '../service.ts'
import { sign } from '../tokens.ts'

export const verifier = createVerifier({ secret: secretKey })

/** An `Authorization` header with a token that is good, or changed so. */
export async function bearer(changes: Record<string, unknown> = {}): Promise<string> {
  const iat = Math.floor(Date.now() / 1000)
  const claims = { token_type: 'access', exp: iat + 60, iat, jti: crypto.randomUUID(), user_id: 7 }
  return `Bearer ${await sign({ ...claims, ...changes })}`
}
