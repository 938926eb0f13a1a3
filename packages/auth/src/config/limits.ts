import { z } from 'zod'
import type { LimitConfig } from '../throttle/rate-limits.ts'
import { positiveDuration, rate } from './values.ts'

/** The variables of rate limits. */
export const limitVariables = {
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
  DEVICE_TOKEN_KEY: z
    .string()
    .refine(
      (value) => Buffer.byteLength(value) >= 32,
      'must be at least 32 bytes; make one with: openssl rand -base64 48',
    )
    .optional(),
}

const limitObject = z.object(limitVariables)

/** The settings that the variables of rate limits stand for. */
export const toLimitConfig = (settings: z.output<typeof limitObject>): LimitConfig => ({
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
})
