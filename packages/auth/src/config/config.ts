import { z } from 'zod'
import { checkKeys, keyVariables, refreshTokenLifetime, toKeyConfig } from './keys.ts'
import { limitVariables, toLimitConfig } from './limits.ts'
import { mailVariables, toMailConfig } from './mails.ts'
import { passwordVariables, toPasswordConfig } from './passwords.ts'
import { userIdVariables } from './user-ids.ts'
import { count, duration, flag, positiveDuration, readSettings } from '@pockitflyer/server/settings'

/**
 * The settings of the account service. Their names are those of the environment variables, and
 * SimpleJWT's where it has the setting.
 * @example const settings = z.intersection(authSettings, z.object({ PORT: z.string() }))
 */
export const authSettings = z
  .object({
    ...keyVariables,
    ACCESS_TOKEN_LIFETIME: positiveDuration('24h').prefault('24h'),
    REFRESH_TOKEN_LIFETIME: refreshTokenLifetime,
    SESSION_MAX_LIFETIME: positiveDuration('90d').prefault('90d'),
    SESSIONS_PER_USER: count(1, 10_000).prefault('100'),
    REFRESH_REUSE_GRACE: duration('30s').prefault('30s'),
    ROTATE_REFRESH_TOKENS: flag.prefault('true'),
    BLACKLIST_AFTER_ROTATION: flag.prefault('false'),
    LEEWAY: duration('0s').prefault('0s'),
    ISSUER: z.string().optional(),
    AUDIENCE: z.string().optional(),
    REGISTRATION: flag.prefault('true'),
    ...userIdVariables,
    ...passwordVariables,
    ...limitVariables,
    ...mailVariables,
  })
  .superRefine(checkKeys)
  .transform((settings) => ({
    ...toKeyConfig(settings),
    accessTokenLifetimeSeconds: settings.ACCESS_TOKEN_LIFETIME,
    refreshTokenLifetimeSeconds: settings.REFRESH_TOKEN_LIFETIME,
    sessionMaxLifetimeSeconds: settings.SESSION_MAX_LIFETIME,
    /** Most live sessions of a user; one more revokes the least recently used. */
    sessionsPerUser: settings.SESSIONS_PER_USER,
    refreshReuseGraceSeconds: settings.REFRESH_REUSE_GRACE,
    rotateRefreshTokens: settings.ROTATE_REFRESH_TOKENS,
    blacklistAfterRotation: settings.BLACKLIST_AFTER_ROTATION,
    leewaySeconds: settings.LEEWAY,
    issuer: settings.ISSUER,
    audience: settings.AUDIENCE,
    /** Whether anyone may register. */
    registration: settings.REGISTRATION,
    /** The number of user ids to skip after a failover or a restore. */
    userIdGap: settings.USER_ID_GAP,
    passwords: toPasswordConfig(settings, {
      tokensTakeThreads: settings.SIGNING_KEY !== undefined || (settings.VERIFYING_KEYS ?? []).length > 0,
    }),
    limits: toLimitConfig(settings),
    mails: toMailConfig(settings),
    /** The key of device tokens; without it, a key derived from the signing key. */
    deviceTokenKey: settings.DEVICE_TOKEN_KEY,
  }))

/** Validated settings: durations in seconds, memory in KiB. */
export type AuthConfig = z.output<typeof authSettings>

/**
 * Reads the account service's settings from an environment.
 * @throws {ConfigError} with every problem at once
 * @example const config = readConfig(process.env)
 */
export function readConfig(env: Record<string, string | undefined>): AuthConfig {
  return readSettings(authSettings, env)
}
