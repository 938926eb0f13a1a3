import { createHash } from 'node:crypto'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Client } from '../db/events.ts'
import { toAddressKey } from './address-key.ts'
import { createLimit, toThrottled } from './limit.ts'

/** Somebody who says that a password is that of an account. */
export interface Guess {
  email: string
  client: Client
}

/** Slows down who guesses passwords (OWASP Authentication, "Protect Against Automated Attacks"). */
export interface Guesses {
  /**
   * Counts a guess before it is looked at, so that guesses made at once count too. Wrong ones make the next wait, each twice as long
   * as the one before: those of one address at one account soon, those of all addresses together later. An address from which the
   * account was logged in is spared the latter: no stranger locks the owner out.
   * @throws {AuthError} throttled
   */
  count(guess: Guess): Promise<void>
  /** The password was right: it was no guess, and the wrong ones of this address at this account are forgotten. */
  forgive(guess: Guess): Promise<void>
  /** The password was not looked at: it counts neither way. */
  undo(guess: Guess): Promise<void>
}

/** What `createGuesses` counts with. A `gate` lets one guess pass and then none for as long as it is told. */
export interface GuessLimiters {
  /** Wrong guesses from one address, whatever the account. */
  ofAddress: RateLimiterAbstract
  /** Wrong guesses from one address at one account. Its points are those that cost no wait. */
  ofDevice: RateLimiterAbstract
  /** Wrong guesses at one account. Its points are those that cost no wait. */
  ofAccount: RateLimiterAbstract
  gate: RateLimiterAbstract
  maxDelaySeconds: number
  /** Tells whether the account was logged in from an address of this client's. */
  isKnownClient: (guess: Guess) => Promise<boolean>
}

/** Makes the counter of guesses. */
export function createGuesses(limiters: GuessLimiters): Guesses {
  const { ofAddress, ofDevice, ofAccount, gate, maxDelaySeconds, isKnownClient } = limiters
  const address = createLimit(ofAddress)

  /** The n-th guess beyond the free ones waits 2ⁿ seconds for the one before. */
  async function pass(limiter: RateLimiterAbstract, key: string, wrong: number): Promise<void> {
    const beyond = wrong - limiter.points
    const customDuration = Math.min(2 ** Math.min(beyond, 30), maxDelaySeconds)
    try {
      await gate.consume(`${limiter.keyPrefix}:${key}`, 1, { customDuration })
    } catch (rejection) {
      await limiter.reward(key)
      throw toThrottled(rejection, limiter)
    }
  }

  return {
    async count(guess) {
      const keys = keysOf(guess)
      await address.consume(keys.address)
      const ofThisDevice = await ofDevice.penalty(keys.device)
      if (ofThisDevice.consumedPoints > ofDevice.points)
        await pass(ofDevice, keys.device, ofThisDevice.consumedPoints)
      const ofThisAccount = await ofAccount.penalty(keys.account)
      const isSuspect = ofThisAccount.consumedPoints > ofAccount.points
      if (isSuspect && !(await isKnownClient(guess))) {
        await pass(ofAccount, keys.account, ofThisAccount.consumedPoints)
      }
    },
    async forgive(guess) {
      const { address, device, account } = keysOf(guess)
      await Promise.all([ofAddress.reward(address), ofDevice.delete(device), ofAccount.reward(account)])
    },
    async undo(guess) {
      const { address, device, account } = keysOf(guess)
      await Promise.all([ofAddress.reward(address), ofDevice.reward(device), ofAccount.reward(account)])
    },
  }
}

/** An account is kept by a digest of its address: the table of limits is no list of who tried to log in. */
function keysOf({ email, client }: Guess): { address: string; device: string; account: string } {
  const account = createHash('sha256').update(email.toLowerCase()).digest('base64url').slice(0, 22)
  const address = toAddressKey(client.ip)
  return { address, account, device: `${account}:${address}` }
}
