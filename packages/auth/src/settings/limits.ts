import { z } from 'zod'
import { positiveDuration, rate } from '@pockitflyer/server/settings'

/** A count within a number of seconds. */
export interface Rate {
  count: number
  seconds: number
}

/** Rate limits of logins. */
export interface LoginRates {
  /** Wrong passwords from one network address, over all accounts. */
  loginFailuresOfAddress: Rate
  /**
   * Wrong passwords from one network address at one account, or with one device token, before the
   * next one waits.
   */
  loginFailuresOfDevice: Rate
  /** Wrong passwords at one account before the next one waits. */
  loginFailuresOfAccount: Rate
  /** Right passwords from one address. */
  loginsOfAddress: Rate
  /** Right passwords of one account. */
  loginsOfAccount: Rate
  /** The longest wait of a login after wrong passwords. */
  loginMaxDelaySeconds: number
}

/** Rate-limit settings. */
export interface LimitSettings extends LoginRates {
  isOn: boolean
  /** Registrations from one network address. */
  registrations: Rate
  /** Changes of one user's password, tried or made. */
  passwordChanges: Rate
  /**
   * Profile changes and revocations of sessions by one user, tried or made; each process counts for
   * itself.
   */
  writes: Rate
  /** Refreshes from one network address; each process counts for itself. */
  refreshes: Rate
  /** Requests for a mail from one address. */
  mailRequests: Rate
}

/** The settings of rate limits, as zod schemas by name. */
export const limitSettingFields = {
  RATE_LIMITS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  LOGIN_FAILURES_PER_ADDRESS: rate('100/1h'),
  LOGIN_FAILURES_PER_DEVICE: rate('5/1d'),
  LOGIN_FAILURES_PER_ACCOUNT: rate('20/1d'),
  LOGINS_PER_ADDRESS: rate('1000/1h'),
  LOGINS_PER_ACCOUNT: rate('100/1h'),
  LOGIN_MAX_DELAY: positiveDuration('15m').prefault('15m'),
  REGISTRATIONS_PER_ADDRESS: rate('20/1h'),
  PASSWORD_CHANGES_PER_USER: rate('10/1h'),
  WRITES_PER_USER: rate('300/1h'),
  REFRESHES_PER_ADDRESS: rate('600/1m'),
  MAIL_REQUESTS_PER_ADDRESS: rate('20/1h'),
  DEVICE_TOKEN_KEY: z
    .string()
    .refine(
      (value) => Buffer.byteLength(value) >= 32,
      'must be at least 32 bytes; make one with: openssl rand -base64 48',
    )
    .optional(),
}

const limitObject = z.object(limitSettingFields)

/** Returns the rate limits of validated settings. */
export const toLimitSettings = (settings: z.output<typeof limitObject>): LimitSettings => ({
  isOn: settings.RATE_LIMITS === 'on',
  loginFailuresOfAddress: settings.LOGIN_FAILURES_PER_ADDRESS,
  loginFailuresOfDevice: settings.LOGIN_FAILURES_PER_DEVICE,
  loginFailuresOfAccount: settings.LOGIN_FAILURES_PER_ACCOUNT,
  loginsOfAddress: settings.LOGINS_PER_ADDRESS,
  loginsOfAccount: settings.LOGINS_PER_ACCOUNT,
  loginMaxDelaySeconds: settings.LOGIN_MAX_DELAY,
  registrations: settings.REGISTRATIONS_PER_ADDRESS,
  passwordChanges: settings.PASSWORD_CHANGES_PER_USER,
  writes: settings.WRITES_PER_USER,
  refreshes: settings.REFRESHES_PER_ADDRESS,
  mailRequests: settings.MAIL_REQUESTS_PER_ADDRESS,
})
