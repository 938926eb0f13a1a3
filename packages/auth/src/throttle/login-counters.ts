import type { LoginRates, Rate } from '../settings/limits.ts'
import { createHash } from 'node:crypto'
import type { ClientInfo } from '../db/auth-events.ts'
import { foldEmail } from '../emails/fold-email.ts'
import { toAddressKeys } from './address-key.ts'
import type { DeviceToken } from './device-tokens.ts'
import type { CountChange } from './stores.ts'

/** An attempt to log in to an account. */
export interface LoginAttempt {
  email: string
  client: ClientInfo
  /**
   * Names the device token that came with it, where that is one of this account and still counts.
   */
  deviceId: string | undefined
  /**
   * The device token that came with it, where counting is to find out whether it counts. Default:
   * `deviceId` says it.
   */
  token?: DeviceToken | undefined
}

/** A count and what it may come to. */
export interface Counter {
  key: string
  limit: string
  allowed: number
  windowSeconds: number
}

/** The counts that a login has a part in. */
export interface Counters {
  /** Those that refuse until their window is over. Wrong passwords first, then right ones. */
  usages: Counter[]
  logins: Counter[]
  /**
   * Those beyond which wrong passwords wait: of the device token or the address itself, then of the
   * networks around it.
   */
  devices: Counter[]
  accounts: Counter[]
}

export function countersOf({ email, client, deviceId }: LoginAttempt, rates: LoginRates): Counters {
  const account = toAccountKey(email)
  const counter = (limit: string, key: string, { rate, factor = 1 }: { rate: Rate; factor?: number }) => ({
    key: `${limit}:${key}`,
    limit,
    allowed: rate.count * factor,
    windowSeconds: rate.seconds,
  })
  const loginsOfAccount = counter('logins_account', account, { rate: rates.loginsOfAccount })
  if (deviceId !== undefined) {
    const device = counter('login_token', deviceId, { rate: rates.loginFailuresOfDevice })
    return { usages: [loginsOfAccount], logins: [loginsOfAccount], devices: [device], accounts: [] }
  }
  const networks = toAddressKeys(client.ip)
  const logins = networks.map(({ key, factor }) =>
    counter('logins_address', key, { rate: rates.loginsOfAddress, factor }),
  )
  const failures = networks.map(({ key, factor }) =>
    counter('login_address', key, { rate: rates.loginFailuresOfAddress, factor }),
  )
  return {
    usages: [...failures, ...logins, loginsOfAccount],
    logins: [...logins, loginsOfAccount],
    devices: networks.map(({ key, factor }) =>
      counter('login_device', `${account}:${key}`, { rate: rates.loginFailuresOfDevice, factor }),
    ),
    accounts: [counter('login_account', account, { rate: rates.loginFailuresOfAccount })],
  }
}

/**
 * An account is kept by a digest of its email: the table of limits is no list of who tried to log
 * in.
 */
function toAccountKey(email: string): string {
  return createHash('sha256').update(foldEmail(email)).digest('base64url').slice(0, 22)
}

export function changeOf({ key, windowSeconds }: Counter, by: number): CountChange {
  return { key, by, windowSeconds }
}
