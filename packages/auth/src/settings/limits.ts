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

/** The settings of rate limits, as zod schemas by name. Their order is that of the documents. */
export const limitSettingFields = {
  RATE_LIMITS: z
    .enum(['on', 'off'], 'must be on or off')
    .default('on')
    .describe('`off`: nothing below limits'),
  LOGIN_FAILURES_PER_DEVICE: rate('5/1d').describe(
    'Wrong passwords from one address, or with one device token, for one account. Each further one waits twice as long as the one before, from 2 seconds on',
  ),
  LOGIN_FAILURES_PER_ACCOUNT: rate('20/1d').describe(
    'The same from all addresses together, except those from which the account was logged in. Addresses that have used up their tries wait in a queue of their own: one that keeps asking keeps no others out',
  ),
  LOGIN_MAX_DELAY: positiveDuration('15m').prefault('15m').describe('The longest of these waits'),
  LOGIN_FAILURES_PER_ADDRESS: rate('100/1h').describe(
    'Wrong passwords from one address, for any account. A refused login does not count',
  ),
  LOGINS_PER_ACCOUNT: rate('100/1h').describe('Logins to one account'),
  LOGINS_PER_ADDRESS: rate('1000/1h').describe('Logins from one address'),
  REGISTRATIONS_PER_ADDRESS: rate('20/1h').describe('Registrations, tried or made'),
  PASSWORD_CHANGES_PER_USER: rate('10/1h').describe("Changes of one user's password, tried or made"),
  WRITES_PER_USER: rate('300/1h').describe(
    'Changes of the profile and revocations of sessions by one user, tried or made. Each process counts its own',
  ),
  MAIL_REQUESTS_PER_ADDRESS: rate('20/1h').describe('Requests for a mail, for example to reset a password'),
  MAILS_PER_MAILBOX: rate('30/1d').describe(
    'Requests of all accounts together to change to one email. Further ones are answered the same, without a mail to it',
  ),
  REFRESHES_PER_ADDRESS: rate('600/1m').describe(
    'Refreshes. Each process counts its own, without a round trip',
  ),
}

/** The setting of device tokens: they exist for the limits of logins. */
export const deviceTokenSettingFields = {
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
export const toLimitSettings = (settings: z.output<typeof limitObject>) => ({
  isOn: settings.RATE_LIMITS === 'on',
  ...toLoginRates(settings),
  registrations: settings.REGISTRATIONS_PER_ADDRESS,
  passwordChanges: settings.PASSWORD_CHANGES_PER_USER,
  writes: settings.WRITES_PER_USER,
  refreshes: settings.REFRESHES_PER_ADDRESS,
  mailRequests: settings.MAIL_REQUESTS_PER_ADDRESS,
  mailboxes: settings.MAILS_PER_MAILBOX,
})

/** Rate-limit settings. */
export type LimitSettings = ReturnType<typeof toLimitSettings>

const toLoginRates = (settings: z.output<typeof limitObject>): LoginRates => ({
  loginFailuresOfAddress: settings.LOGIN_FAILURES_PER_ADDRESS,
  loginFailuresOfDevice: settings.LOGIN_FAILURES_PER_DEVICE,
  loginFailuresOfAccount: settings.LOGIN_FAILURES_PER_ACCOUNT,
  loginsOfAddress: settings.LOGINS_PER_ADDRESS,
  loginsOfAccount: settings.LOGINS_PER_ACCOUNT,
  loginMaxDelaySeconds: settings.LOGIN_MAX_DELAY,
})
