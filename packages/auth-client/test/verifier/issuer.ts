import { createServer } from 'node:http'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from 'jose'
import { afterAll } from 'vitest'
import { listen } from '../listen.ts'

/** A private key and what is published of it. */
export interface SigningKey {
  kid: string
  alg: string
  privateKey: CryptoKey
  jwk: JWK
}

/** Makes a key as the service would: named, and for one algorithm. */
export async function makeKey(alg: string, kid: string = crypto.randomUUID()): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

/**
 * Claims of an access token as the service mints them, or changed so; `undefined` takes one out.
 */
export function accessClaims(changes: Record<string, unknown> = {}) {
  const iat = Math.floor(Date.now() / 1000)
  return {
    token_type: 'access',
    exp: iat + 3600,
    iat,
    jti: crypto.randomUUID(),
    user_id: 7,
    email: 'ada@example.com',
    sid: '0b0f6f5e-7f5c-4c33-9d0a-2a3f7c6b1e55',
    ...changes,
  }
}

/** Signs an access token with a key. */
export async function signWith(
  { alg, kid, privateKey }: Pick<SigningKey, 'alg' | 'privateKey'> & { kid?: string },
  changes: Record<string, unknown> = {},
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  return new SignJWT(accessClaims(changes))
    .setProtectedHeader({ alg, typ: 'JWT', ...(kid === undefined ? {} : { kid }), ...header })
    .sign(privateKey)
}

/** An issuer that publishes keys over HTTP, as long as it is up. */
export async function openIssuer(keys: JWK[]) {
  const issuer = { keys, isUp: true, requests: 0, body: undefined as string | undefined, url: '' }
  const server = createServer((_, response) => {
    issuer.requests += 1
    response.statusCode = issuer.isUp ? 200 : 503
    response.setHeader('Content-Type', 'application/json')
    response.end(issuer.body ?? JSON.stringify({ keys: issuer.keys }))
  })
  issuer.url = `http://127.0.0.1:${await listen(server)}/.well-known/jwks.json`
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return issuer
}
