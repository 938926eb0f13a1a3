import {
  isCompact,
  readClaims,
  readSession,
  readUntypedClaims,
  readUser,
  tokenMaxBytes,
  type TokenType,
} from '@pockitflyer/auth-protocol/claims'
import { type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { AuthSettings } from '../settings/settings.ts'
import { AuthError } from '../errors.ts'
import { accept } from './accept.ts'
import { checkClaims } from './check-claims.ts'
import { createHs256 } from './hs256.ts'
import { createKeyRing, type KeyRing, type KeyRingSettings } from './key-ring.ts'
import type { TokenClaims } from './claims.ts'

/** What names a token of either type, its session and its user. */
interface UntypedClaims extends Pick<TokenClaims, 'jti' | 'sid' | 'gen'> {
  userId: number | undefined
  isRefresh: boolean
}

/** Signs and verifies JSON Web Tokens (RFC 7519) with the service's keys. */
export interface Tokens {
  /** Signs claims, in their order, and adds `iss` and `aud` where the settings have them. */
  sign(claims: JWTPayload): Promise<string>
  /**
   * Verifies a token of one type and returns its claims.
   * @throws {AuthError} token_expired, token_invalid (also for a token over 8 KiB, before it is
   *   decoded) and what `readClaims` refuses
   */
  verify(token: string, type: TokenType): Promise<TokenClaims>
  /**
   * Verifies signature and times of a token of either type, and returns the claims that name it,
   * its session and its user: `undefined` where no user can be meant.
   * @throws {AuthError} token_expired, token_invalid, token_without_expiry, token_without_id
   */
  verifyUntyped(token: string): Promise<UntypedClaims>
  /**
   * The public keys that verify these tokens (RFC 7517 section 5): none under HS256, whose key is
   * secret.
   */
  jwks(): KeyRing['jwks']
}

/** The settings of tokens. */
export type TokenSettings = Pick<AuthSettings, 'issuer' | 'audience' | 'leewaySeconds'> & KeyRingSettings

/** Makes what signs and verifies from the keys of the settings. */
export async function createTokens(settings: TokenSettings, now: () => Date): Promise<Tokens> {
  const { issuer, audience, leewaySeconds, secretKey } = settings
  const keys = await createKeyRing(settings)
  const hs256 = secretKey === undefined ? undefined : createHs256(secretKey)
  const addressed = {
    ...(audience === undefined ? {} : { aud: audience }),
    ...(issuer === undefined ? {} : { iss: issuer }),
  }

  function findKey(header: { alg?: string; kid?: unknown; b64?: unknown }) {
    const { alg, kid, b64 } = header
    const isNamed = typeof kid === 'string'
    // `b64: false` says that the signature is of other bytes (RFC 7797); jose passes it over where
    // `crit` does not name it.
    if ((kid !== undefined && !isNamed) || b64 === false) throw new AuthError('token_invalid')
    const key = keys.find({ ...(alg === undefined ? {} : { alg }), ...(isNamed ? { kid } : {}) })
    if (key === undefined) throw new AuthError('token_invalid')
    return key
  }

  async function decode(token: string): Promise<JWTPayload> {
    if (Buffer.byteLength(token) > tokenMaxBytes || !isCompact(token)) throw new AuthError('token_invalid')
    const payload = hs256?.findPayload(token) ?? (await verifySignature(token))
    checkClaims(payload, { issuer, audience, leewaySeconds, currentDate: now() })
    return payload
  }

  /**
   * By jose, which reads every spelling of a token. What its claims say is looked at by
   * `checkClaims`, for all tokens alike.
   */
  async function verifySignature(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, findKey, { algorithms: keys.algorithms, ...anyTime })
      return payload
    } catch (cause) {
      if (cause instanceof AuthError) throw cause
      throw new AuthError('token_invalid', { cause })
    }
  }

  return {
    async sign(claims) {
      const { header, key } = keys.signing
      const all = { ...claims, ...addressed }
      return header.alg === 'HS256' && hs256 !== undefined
        ? hs256.sign(all)
        : new SignJWT(all).setProtectedHeader(header).sign(key)
    },
    verify: async (token, type) => ({ ...accept(readClaims(await decode(token), type)), leewaySeconds }),
    verifyUntyped: async (token) => {
      const payload = await decode(token)
      const { jti } = accept(readUntypedClaims(payload))
      const user = readUser(payload)
      return {
        jti,
        userId: 'refused' in user ? undefined : user.user_id,
        isRefresh: payload['token_type'] === 'refresh',
        ...accept(readSession(payload)),
      }
    },
    jwks: () => keys.jwks,
  }
}

/** Makes jose accept any time in a token. */
const anyTime = { clockTolerance: Number.MAX_SAFE_INTEGER }
