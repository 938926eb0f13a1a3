import { createHash, createHmac } from 'node:crypto'

/** The signing key of every server of a run. */
export const secretKey = 'a-key-for-benchmarks-alone-0123456789-0123456789'

/** The password of every user of a run. */
export const password = 'TestPass123!'

/**
 * The user agent of every client of a run. It has the length of a browser's, since sessions and
 * events store it.
 */
export const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

/** Email, access token and refresh token of one user. */
export interface Credentials {
  email: string
  access: string
  refresh: string
}

/** Returns the email of the n-th user. */
export const emailOf = (n: number) => `user-${n}@example.com`

/**
 * Returns the session id of the n-th user, as `seed` computes it. It begins at random, so that
 * neighbours do not share a page of the index.
 */
export function sessionIdOf(n: number): string {
  const random = createHash('md5').update(String(n)).digest('hex').slice(0, 8)
  return `${random}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

/** Signs claims with HS256 (RFC 7515). */
export function sign(claims: object): string {
  const content = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${content}.${createHmac('sha256', secretKey).update(content).digest('base64url')}`
}

const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url')
