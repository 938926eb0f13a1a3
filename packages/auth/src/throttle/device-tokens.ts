import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { AuthSettings } from '../settings/settings.ts'
import { foldEmail } from '../emails/fold-email.ts'

/** What a device token says: that an account was logged in with its password there, and when. */
export interface DeviceToken {
  /** Names this token. */
  id: string
  userId: number
  issuedAt: Date
}

/**
 * Makes and reads device tokens (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 */
export interface DeviceTokens {
  /** A new token for the device that has just logged in. */
  issue(login: { email: string; userId: number; issuedAt: Date }): string
  /**
   * Reads a token of the account of this email. `undefined`: forged, cut, over, of another account,
   * or none.
   */
  read(token: string | undefined, email: string): DeviceToken | undefined
}

/** Returns whether a token is of this user, from after the last change of the password. */
export function isDeviceOf(
  user: { id: number; passwordChangedAt: Date } | undefined,
  token: DeviceToken,
): boolean {
  return user !== undefined && user.id === token.userId && user.passwordChangedAt <= token.issuedAt
}

/** How long a device token counts, in milliseconds: 180 days. */
export const deviceTokenLifetimeMs = 180 * 86_400_000

/** How far the clock of another server may be ahead, in milliseconds. */
const clockSkewMs = 300_000

const form = /^1\.(\d{1,16})\.([\w-]{22})\.(\d{1,16})\.([\w-]{43})$/

/**
 * A token is `1.user.nonce.time.mac`: the user's id, 128 random bits, epoch milliseconds, and
 * HMAC-SHA256 over these and the folded email. It grants nothing but a count of wrong passwords of
 * its own. `keys`: the first makes tokens, all of them read.
 */
export function createDeviceTokens(keys: readonly Buffer[], now: () => Date): DeviceTokens {
  const macOf = (key: Buffer, content: string, email: string) =>
    createHmac('sha256', key)
      .update(`${content}.${foldEmail(email)}`)
      .digest('base64url')

  return {
    issue({ email, userId, issuedAt }) {
      const [key] = keys
      if (key === undefined) throw new TypeError('a device token needs a key')
      const nonce = randomBytes(16).toString('base64url')
      const content = `1.${userId}.${nonce}.${issuedAt.getTime()}`
      return `${content}.${macOf(key, content, email)}`
    },
    read(token = '', email) {
      const [, userId = '', id = '', time = '', mac = ''] = form.exec(token) ?? []
      if (id === '') return undefined
      const content = token.slice(0, -mac.length - 1)
      const isOurs = (key: Buffer) =>
        timingSafeEqual(Buffer.from(macOf(key, content, email)), Buffer.from(mac))
      if (!keys.some(isOurs)) return undefined
      const ageMs = now().getTime() - Number(time)
      if (ageMs < -clockSkewMs || ageMs > deviceTokenLifetimeMs) return undefined
      return { id, userId: Number(userId), issuedAt: new Date(Number(time)) }
    },
  }
}

/**
 * The keys of device tokens: `DEVICE_TOKEN_KEY` or, without it, keys derived (RFC 5869) from those
 * that sign access tokens. The private key comes before `SECRET_KEY`: from the one to the other,
 * tokens go on.
 */
export function deriveDeviceTokenKeys(
  settings: Pick<AuthSettings, 'deviceTokenKey' | 'signingKey' | 'secretKey'>,
): Buffer[] {
  const { deviceTokenKey, signingKey, secretKey } = settings
  const secrets =
    deviceTokenKey === undefined
      ? [signingKey?.key.export({ type: 'pkcs8', format: 'der' }), secretKey]
      : [deviceTokenKey]
  return secrets.flatMap((secret) =>
    secret === undefined ? [] : [Buffer.from(hkdfSync('sha256', secret, '', 'pockitflyer device token', 32))],
  )
}
