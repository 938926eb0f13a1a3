import {
  type CountedLogin,
  countLogin,
  type FoundUser,
  listCounters,
  type LoginCounting,
} from './count-login.ts'
import { changeOf, type Counter, countersOf, type LoginAttempt } from './login-counters.ts'
import { decideLogin, type LoginDecision } from './login-decision.ts'
import {
  findSlow,
  giveBackTurns,
  readBackoffs,
  strikesKey,
  type Taken,
  takeTurns,
  turnKey,
} from './login-turns.ts'
import { throttled } from './rate-limit.ts'
import { type CountChange, type CountStore, forget } from './stores.ts'

/** A login whose password may be checked. Call exactly one of the three, or make `clearing`. */
export interface RecordedLogin {
  /** Whom the email names, where counting looked them up. */
  found?: FoundUser | undefined
  /** The changes of `clear`, where the statement that starts the session can make them too. */
  clearing?: readonly CountChange[] | undefined
  /**
   * The password was right: it was no guess, and the wrong ones of this device or address at this
   * account are forgotten.
   */
  clear(): Promise<void>
  /** The password was wrong: it does not count as a login. */
  fail(): Promise<void>
  /** The password was not looked at: it counts neither way. */
  refund(): Promise<void>
}

/** Slows down who guesses passwords (OWASP Authentication, "Protect Against Automated Attacks"). */
export interface LoginThrottle {
  /**
   * Counts a login before its password is looked at, so that those made at once count too.
   * @throws {AuthError} throttled: then it does not count
   */
  record(attempt: LoginAttempt): Promise<RecordedLogin>
  /**
   * Forgets the wrong passwords at an account, from everywhere and from the address of this client:
   * its owner chose another password.
   */
  clearAccount(account: Omit<LoginAttempt, 'deviceId'>): Promise<void>
}

interface ThrottleOptions extends LoginCounting {
  /** Returns whether the account was logged in from the network of this client. */
  isKnownClient: (attempt: LoginAttempt) => Promise<boolean>
}

/**
 * Makes the throttle. A login with a device token has the token's own count of wrong passwords and
 * no other, so that no stranger keeps out who can prove to be known (OWASP, "Device cookies"). One
 * without counts at its address, at the account from its address, and at the account from
 * everywhere; an address from which the account was logged in is spared the last of these.
 */
export function createLoginThrottle(options: ThrottleOptions): LoginThrottle {
  const { store, isKnownClient, loginMaxDelaySeconds: maxDelaySeconds } = options

  return {
    async record(attempt) {
      const counted = await countLogin(options, attempt)
      const { counters, used } = counted
      const take = (counters: Counter[]) => used.filter(({ key }) => counters.some((one) => one.key === key))
      const usages = take(counters.usages)
      const refuse = async (decision: LoginDecision): Promise<void> => {
        if (decision.kind === 'allowed') return
        await store.change(listCounters(counters).map((counter) => changeOf(counter, -1)))
        throw throttled(decision.limit, decision.waitSeconds)
      }
      await refuse(decideLogin({ usages, backoffs: [], maxDelaySeconds }))

      const slow = await findSlow(take(counters.devices), take(counters.accounts), () =>
        isKnownClient(attempt),
      )
      const backoffs = await readBackoffs(store, slow)
      const decision = decideLogin({ usages: [], backoffs, maxDelaySeconds })
      await refuse(decision)
      const taken = backoffs.map((backoff, index) => ({
        ...backoff,
        delaySeconds: decision.kind === 'allowed' ? (decision.delays[index] ?? 0) : 0,
      }))
      await refuse(await takeTurns(store, taken))
      return createRecord(store, { ...counted, taken })
    },
    async clearAccount(account) {
      const { devices, accounts } = countersOf({ ...account, deviceId: undefined }, options)
      const keys = [...devices, ...accounts].flatMap((one) => [one.key, turnKey(one), strikesKey(one)])
      await store.change(keys.map((key) => ({ key, by: forget, windowSeconds: 0 })))
    },
  }
}

/** Wrong passwords make the next wait: what was taken stays taken. Else it is given back. */
function createRecord(
  store: CountStore,
  { counters, found, isBesideUsers, taken }: CountedLogin & { taken: Taken[] },
): RecordedLogin {
  const { usages, logins, devices, accounts } = counters
  const [own, ...networks] = devices
  const giveBack = (counters: Counter[]) => counters.map((counter) => changeOf(counter, -1))
  const failures = usages.filter(({ key }) => !logins.some((login) => login.key === key))
  const isOwn = ({ key }: Counter) => key === own?.key
  const forgotten = taken.filter(isOwn).flatMap((turn) => [turnKey(turn), strikesKey(turn)])
  const clearing = [
    ...giveBack([...failures, ...networks, ...accounts]),
    ...giveBackTurns(taken.filter((turn) => !isOwn(turn))),
    ...(own === undefined ? [] : [changeOf(own, forget)]),
    ...forgotten.map((key) => ({ key, by: forget, windowSeconds: 0 })),
  ]
  return {
    found,
    clearing: isBesideUsers ? clearing : undefined,
    async clear() {
      await store.change(clearing)
    },
    async fail() {
      await store.change(giveBack(logins))
    },
    async refund() {
      await store.change([...giveBack([...usages, ...devices, ...accounts]), ...giveBackTurns(taken)])
    },
  }
}
