import { fieldOf } from '../field-of.ts'
import type { TokenStore } from '../stores/store.ts'

/** The store of the device token, which outlives the session. */
export type DeviceTokenStore = NonNullable<TokenStore['deviceToken']>

/** Returns the input of a login with the stored device token, unless it has its own. */
export async function withDeviceToken(store: DeviceTokenStore | undefined, input: unknown): Promise<unknown> {
  if (typeof input !== 'object' || input === null || fieldOf(input, 'device_token') !== undefined)
    return input
  const device_token = await quietly(() => store?.load())
  return device_token === undefined ? input : { ...input, device_token }
}

/** Stores the device token of a login's answer. */
export async function keepDeviceToken(store: DeviceTokenStore | undefined, answer: unknown): Promise<void> {
  const token = fieldOf(answer, 'device_token')
  if (typeof token === 'string') await quietly(() => store?.save(token))
}

/** Ignores errors of the store: a device token is optional, so they fail no login. */
async function quietly<Result>(act: () => Result | Promise<Result>): Promise<Result | undefined> {
  try {
    return await act()
  } catch {
    return undefined
  }
}
