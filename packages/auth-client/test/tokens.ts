import { decodeJwt, type JWTPayload, SignJWT } from 'jose'
import type { TokenStore } from '../src/index.ts'
import { secretKey } from './service.ts'

/** Signs claims as the service does under HS256. */
export async function sign(claims: JWTPayload): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(secretKey))
}

/** Puts an access token in the store that the service refuses because its time is over. */
export async function expireAccess(store: TokenStore): Promise<string> {
  const tokens = await store.load()
  if (tokens === undefined) throw new Error('nobody is logged in')
  const iat = Math.floor(Date.now() / 1000) - 7200
  const access = await sign({ ...decodeJwt(tokens.access), iat, exp: iat + 3600 })
  await store.update(() => ({ ...tokens, access }))
  return access
}

/** Makes the tokens in the store as old as that. */
export async function age(store: TokenStore, ageMs: number): Promise<void> {
  await store.update((tokens) => tokens && { ...tokens, receivedAtMs: Date.now() - ageMs })
}
