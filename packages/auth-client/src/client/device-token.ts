import type { TokenStore } from '../stores/store.ts'

/** Where the device token is kept, beyond the session. */
export type DeviceTokenStore = NonNullable<TokenStore['deviceToken']>

/** The input of a login, with the device token that is kept where it has none of its own. */
export async function withDeviceToken(store: DeviceTokenStore | undefined, input: unknown): Promise<unknown> {
  if (store === undefined || typeof input !== 'object' || input === null) return input
  if ('device_token' in input && input.device_token !== undefined) return input
  const device_token = await quietly(() => store.load())
  return device_token === undefined ? input : { ...input, device_token }
}

/** Keeps the device token of a login's answer. */
export async function keepDeviceToken(store: DeviceTokenStore | undefined, answer: unknown): Promise<void> {
  if (typeof answer !== 'object' || answer === null || !('device_token' in answer)) return
  const { device_token: token } = answer
  if (typeof token === 'string') await quietly(() => store?.save(token))
}

/** A device token only helps: a store that fails at it fails no login. */
async function quietly<Result>(act: () => Result | Promise<Result>): Promise<Result | undefined> {
  try {
    return await act()
  } catch {
    return undefined
  }
}
