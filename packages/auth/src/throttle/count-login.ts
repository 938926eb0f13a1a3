import type { LoginRates } from '../settings/limits.ts'
import type { LoginChange } from '../db/login-counts.ts'
import type { UserToAuthenticate } from '../db/users.ts'
import { isDeviceOf } from './device-tokens.ts'
import { changeOf, type Counter, type Counters, countersOf, type LoginAttempt } from './login-counters.ts'
import { toUsages, type Used } from './login-turns.ts'
import type { CountStore } from './stores.ts'

/** The user that an email names, and the device token of theirs, if it counts. */
export interface FoundUser {
  user: UserToAuthenticate | undefined
  deviceId: string | undefined
}

/** A login that was counted. */
export interface CountedLogin {
  counters: Counters
  used: Used[]
  /** Undefined: counting did not need to look the user up. */
  found: FoundUser | undefined
  /** Whether the statement that starts a session can change these counts too. */
  isBesideUsers: boolean
}

/** Where logins are counted, and how often they may be made. */
export interface LoginCounting extends LoginRates {
  store: CountStore
  /** Needed for attempts with a `token`. */
  findUser?: (email: string) => Promise<UserToAuthenticate | undefined>
}

/** Counts a login: with the look-up of its user, in one statement, where the store can. */
export async function countLogin(counting: LoginCounting, attempt: LoginAttempt): Promise<CountedLogin> {
  return (await countAndFindUser(counting, attempt)) ?? countAlone(counting, attempt)
}

/** The statement decides whether the token counts, and thereby which counts it changes. */
async function countAndFindUser(
  { store, ...rates }: LoginCounting,
  attempt: LoginAttempt,
): Promise<CountedLogin | undefined> {
  const { email, token } = attempt
  const ofAddress = countersOf(attempt, rates)
  const ofDevice = token && countersOf({ ...attempt, deviceId: token.id }, rates)
  const changes = toLoginChanges(ofAddress, ofDevice)
  const counted = await store.changeAndFindUser?.({ email, token, changes })
  if (counted === undefined) return undefined
  const { user, isKnownDevice } = counted
  const counters = isKnownDevice && ofDevice ? ofDevice : ofAddress
  const counts = new Map(changes.map(({ key }, index) => [key, counted.counts[index]]))
  const all = listCounters(counters)
  return {
    counters,
    used: toUsages(
      all,
      all.map(({ key }) => counts.get(key)),
    ),
    found: { user, deviceId: isKnownDevice ? token?.id : attempt.deviceId },
    isBesideUsers: true,
  }
}

/** Looks the user up first, but only for a token. */
async function countAlone(
  { store, findUser, ...rates }: LoginCounting,
  attempt: LoginAttempt,
): Promise<CountedLogin> {
  const { email, token } = attempt
  let found: FoundUser | undefined
  if (token !== undefined) {
    const user = await findUser?.(email)
    found = { user, deviceId: isDeviceOf(user, token) ? token.id : undefined }
  }
  const counters = countersOf({ ...attempt, ...found }, rates)
  const all = listCounters(counters)
  const counts = await store.change(all.map((counter) => changeOf(counter, 1)))
  return { counters, used: toUsages(all, counts), found, isBesideUsers: false }
}

/** Every count that a login has a part in, once. */
export function listCounters({ usages, devices, accounts }: Counters): Counter[] {
  return [...usages, ...devices, ...accounts]
}

function toLoginChanges(ofAddress: Counters, ofDevice: Counters | undefined): LoginChange[] {
  const [address, device] = [listCounters(ofAddress), ofDevice && listCounters(ofDevice)]
  if (device === undefined) return address.map((counter) => changeOf(counter, 1))
  const isAmong = (counters: Counter[], { key }: Counter) => counters.some((other) => other.key === key)
  return [
    ...address.map((counter) => ({
      ...changeOf(counter, 1),
      ifKnownDevice: isAmong(device, counter) ? undefined : false,
    })),
    ...device
      .filter((counter) => !isAmong(address, counter))
      .map((counter) => ({ ...changeOf(counter, 1), ifKnownDevice: true })),
  ]
}
