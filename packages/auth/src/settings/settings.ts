import { z } from 'zod'
import { checkKeys, keySettingFields, refreshTokenLifetime, toKeySettings } from './keys.ts'
import { deviceTokenSettingFields, limitSettingFields, toLimitSettings } from './limits.ts'
import { checkMails, mailSettingFields, toMailSettings } from './mails.ts'
import { languageList } from './languages.ts'
import { passwordSettingFields, toPasswordSettings } from './passwords.ts'
import { userIdSettingFields } from './user-ids.ts'
import { count, duration, flag, positiveDuration, readSettings } from '@pockitflyer/server/settings'

/**
 * The settings of the account service. Their names are those of the environment variables, and
 * SimpleJWT's where it has the setting.
 * @example const settings = z.intersection(authSettings, z.object({ PORT: z.string() }))
 */
export const authSettings = z
  .object({
    ...keySettingFields,
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
    LANGUAGES: languageList.optional(),
    ...userIdSettingFields,
    ...passwordSettingFields,
    ...deviceTokenSettingFields,
    ...limitSettingFields,
    ...mailSettingFields,
  })
  .superRefine(checkKeys)
  .superRefine(checkMails)
  .transform((settings) => ({
    ...toKeySettings(settings),
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
    /** The languages of answers, the usual one first; none: English alone. */
    languages: settings.LANGUAGES ?? [],
    /** The number of user ids to skip after a failover or a restore. */
    userIdGap: settings.USER_ID_GAP,
    passwords: toPasswordSettings(settings, {
      tokensTakeThreads: settings.SIGNING_KEY !== undefined || (settings.VERIFYING_KEYS ?? []).length > 0,
    }),
    limits: toLimitSettings(settings),
    mails: toMailSettings(settings),
    /** The key of device tokens; without it, a key derived from the signing key. */
    deviceTokenKey: settings.DEVICE_TOKEN_KEY,
  }))

/** Validated settings: durations in seconds, memory in KiB. */
export type AuthSettings = z.output<typeof authSettings>

/**
 * Reads the account service's settings from an environment.
 * @throws {SettingsError} with every problem at once
 * @example const settings = readAuthSettings(process.env)
 */
export function readAuthSettings(env: Record<string, string | undefined>): AuthSettings {
  return readSettings(authSettings, env)
}
