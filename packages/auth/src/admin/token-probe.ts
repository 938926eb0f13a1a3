import { randomUUID } from 'node:crypto'
import type { KeySettings } from '../settings/keys.ts'
import { createTokens } from '../tokens/tokens.ts'

/** Tells whether another service shares the keys of this one. */
export interface TokenProbe {
  /** Signs an access token of a minute, without a session. */
  sign: (userId: number) => Promise<string>
  /** Returns whether this service accepts the signature of an access token. */
  accepts: (token: string) => Promise<boolean>
}

const lifetimeSeconds = 60

/**
 * Creates a probe of the keys in the settings.
 * @throws {TypeError} there is neither a secret key nor a signing key
 * @example const probe = await createTokenProbe(readSettings(keySettings, process.env))
 */
export async function createTokenProbe(keys: KeySettings): Promise<TokenProbe> {
  const settings = { ...keys, issuer: undefined, audience: undefined, leewaySeconds: lifetimeSeconds }
  const tokens = await createTokens(settings, () => new Date())
  return {
    async sign(userId) {
      const iat = Math.floor(Date.now() / 1000)
      const exp = iat + lifetimeSeconds
      return tokens.sign({ token_type: 'access', exp, iat, jti: randomUUID(), user_id: userId })
    },
    accepts: (token) =>
      tokens.verifyUntyped(token).then(
        () => true,
        () => false,
      ),
  }
}
