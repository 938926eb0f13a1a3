import { isCompact, readBearerToken, tokenMaxBytes } from '@pockitflyer/auth-protocol/claims'
import { errors, type JWTPayload, jwtVerify } from 'jose'
import { type AccessClaims, accept, parseClaims } from './claims.ts'
import { checkHeader } from './header.ts'
import { parseNumberOption } from '../number-option.ts'
import { createKeys, type KeySource } from './keys.ts'
import type { RevocationCheck } from '../revocation.ts'
import { TokenError } from './token-error.ts'

/**
 * A larger leeway is a mistake, for example of the unit: tokens would count long after their end.
 */
const leewayMaxSeconds = 3600

/** The options of a verifier. */
export type VerifierOptions = KeySource & {
  /** The `iss` that a token must have. */
  issuer?: string
  /**
   * The `aud` that a token must have. Without it, a token with an `aud` is refused: it is for
   * another service.
   */
  audience?: string
  /** Tolerance for differing clocks, in seconds. 0 to 3,600. Default: 0. */
  leeway?: number
  /**
   * Called for every otherwise valid token; see `createRevocationCheck`. To check only some routes,
   * pass it to their guard.
   */
  isRevoked?: RevocationCheck
  /** Default: this machine's clock. */
  now?: () => Date
}

/** The options of one verification. */
export interface VerifyOptions {
  /** Replaces the verifier's own. */
  isRevoked?: RevocationCheck | undefined
}

/** Verifies access tokens of the account service, without asking it. */
export interface Verifier {
  /**
   * Returns the claims of an access token.
   * @throws {TokenError} when it is not accepted
   */
  verify: (token: string, options?: VerifyOptions) => Promise<AccessClaims>
  /**
   * Returns the claims of the access token in an `Authorization` header.
   * @throws {TokenError} when it is absent or not accepted
   */
  verifyHeader: (authorization: string | null | undefined, options?: VerifyOptions) => Promise<AccessClaims>
}

/**
 * Creates a verifier of access tokens. It decides by the key, never by what a token says of itself:
 * each key is for one algorithm. It refuses a token that brings a key, a URL of one or rules of its
 * own (`jwk`, `jku`, `x5u`, `crit`; RFC 8725).
 * @throws {TypeError} unless there is exactly one usable source of keys; for an option out of
 *   range; for an empty `issuer` or `audience`, which would check nothing
 * @example
 * const jwksUrl = 'https://accounts.example.com/.well-known/jwks.json'
 * const verifier = createVerifier({ jwksUrl })
 * const claims = await verifier.verifyHeader(request.headers.get('authorization'))
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const { issuer, audience, now = () => new Date() } = options
  const leeway = parseNumberOption('leeway', options.leeway ?? 0, { min: 0, max: leewayMaxSeconds })
  if (issuer === '' || audience === '') throw new TypeError('issuer and audience must not be empty.')
  const keys = createKeys(options, now)
  const rules = {
    algorithms: keys.algorithms,
    clockTolerance: leeway,
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  }

  async function decode(token: string): Promise<JWTPayload> {
    if (token.length > tokenMaxBytes || !isCompact(token)) throw new TokenError('token_invalid')
    const currentDate = now()
    const { payload } = await jwtVerify(
      token,
      async (header) => {
        checkHeader(header)
        const key = await keys.find(header)
        if (key === undefined) throw new errors.JWKSNoMatchingKey()
        return key
      },
      { ...rules, currentDate },
    )
    if (payload.aud !== undefined && audience === undefined) throw new TokenError('token_invalid')
    refuseFromTheFuture(payload, currentDate.getTime() / 1000 + leeway)
    return payload
  }

  async function verify(token: string, { isRevoked = options.isRevoked }: VerifyOptions = {}) {
    const claims = parseClaims(await decode(token).catch(refuse))
    if (isRevoked !== undefined && (await isRevoked(token))) throw new TokenError('session_ended')
    return claims
  }

  return {
    verify,
    verifyHeader: async (authorization, options) =>
      verify(accept(readBearerToken(authorization)).token, options),
  }
}

/**
 * Refuses a Django token before its `iat`, as the service does. The service's own tokens (with a
 * `sid`) carry PostgreSQL's time and pass.
 */
function refuseFromTheFuture({ iat, sid }: JWTPayload, latest: number): void {
  if (iat !== undefined && sid === undefined && iat > latest) throw new TokenError('token_invalid')
}

/** Tells a client only that a token is invalid or expired, and not why. */
function refuse(cause: unknown): never {
  if (cause instanceof TokenError) throw cause
  throw new TokenError(cause instanceof errors.JWTExpired ? 'token_expired' : 'token_invalid', { cause })
}
