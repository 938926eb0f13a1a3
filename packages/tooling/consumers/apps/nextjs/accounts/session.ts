import { createAuthClient, type TokenPair } from '@pockitflyer/auth-client'

/** For example https://accounts.example.com/api/trpc. */
export const url = process.env['ACCOUNTS_URL'] ?? 'http://localhost:8000/api/trpc'

export const service = createAuthClient({ url })

/** No script of a page reads these cookies. */
const attributes = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const

const daySeconds = 24 * 60 * 60

/** The cookies of an action, or of a response. */
interface Jar {
  set(name: string, value: string, options: object): unknown
}

/** Keeps both tokens. The cookie of the access token ends first: then `proxy.ts` refreshes. */
export function keepTokens(jar: Jar, { access, refresh }: TokenPair): void {
  const { exp, iat } = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString())
  jar.set('access', access, { ...attributes, maxAge: Math.floor((exp - iat) * 0.9) })
  if (refresh !== undefined) jar.set('refresh', refresh, { ...attributes, maxAge: 7 * daySeconds })
}

/** Keeps the proof that this browser knows the password. It opens no session and outlives it. */
export function keepDevice(jar: Jar, deviceToken: string): void {
  jar.set('device', deviceToken, { ...attributes, maxAge: 180 * daySeconds })
}
