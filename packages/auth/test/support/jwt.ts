import { createHmac } from 'node:crypto'
import { z } from 'zod'

/** The key of the services under test. */
export const secretKey = 'oracle-secret-key-that-is-long-enough-for-hs256-0123456789'

const hashes = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512', none: undefined }

interface SignOptions {
  key?: string
  alg?: keyof typeof hashes
}

/**
 * Signs a token by hand, as any service with the key could. Values are JSON text when they are
 * strings.
 */
export function signJwt(claims: Record<string, unknown> | string, options: SignOptions = {}): string {
  const { key = secretKey, alg = 'HS256' } = options
  const payload = typeof claims === 'string' ? claims : JSON.stringify(claims)
  const content = `${base64url(JSON.stringify({ alg, typ: 'JWT' }))}.${base64url(payload)}`
  const hash = hashes[alg]
  return `${content}.${hash === undefined ? '' : createHmac(hash, key).update(content).digest('base64url')}`
}

/** The three parts of a token as they stand, and the signature that they should have. */
export function readJwt(token: string) {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return {
    header: decode(header),
    claims: decode(payload),
    signature,
    rightSignature: createHmac('sha256', secretKey).update(`${header}.${payload}`).digest('base64url'),
  }
}

/** The claims of a token that SimpleJWT would mint for a user at this moment. */
export function djangoClaims(
  type: 'access' | 'refresh',
  userId: unknown,
  jti: unknown = crypto.randomUUID(),
) {
  const now = epochSeconds()
  return { token_type: type, exp: now + 3600, iat: now, jti, user_id: userId, email: 'test@example.com' }
}

export function epochSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}

function decode(part: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')))
}
