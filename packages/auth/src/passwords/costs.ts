import type { PasswordSettings } from '../settings/passwords.ts'

/** The settings that determine the time of a check. */
type Costs = Pick<PasswordSettings, 'memoryKib' | 'timeCost' | 'parallelism'>

/**
 * Highest cost of a check where the settings ask for no more: about a second of one thread, and 256
 * MiB. A hash is imported data: one with a billion rounds must not occupy a thread for ten minutes.
 */
const bounds = { pbkdf2Rounds: 1_800_000, memoryKib: 262_144, kibTimesPasses: 2_000_000, parallelism: 64 }

/**
 * Returns whether a stored hash may be checked. No password fits a hash that costs more.
 * @example isAffordable('pbkdf2_sha256$1000000000$salt$hash', settings.passwords) // false
 */
export function isAffordable(passwordHash: string, settings: Costs): boolean {
  const rounds = /^pbkdf2_sha256\$(\d+)/.exec(passwordHash)?.[1]
  if (rounds !== undefined) return Number(rounds) <= bounds.pbkdf2Rounds
  const section = passwordHash.split('$').find((part) => /^[mtp]=/.test(part))
  if (section === undefined) return true
  const costs = new Map(section.split(',').map((cost) => [cost.slice(0, 2), Number(cost.slice(2))]))
  const memoryKib = costs.get('m=') ?? Number.NaN
  const passes = costs.get('t=') ?? Number.NaN
  const parallelism = costs.get('p=') ?? Number.NaN
  return (
    memoryKib <= Math.max(bounds.memoryKib, settings.memoryKib) &&
    memoryKib * passes <= Math.max(bounds.kibTimesPasses, settings.memoryKib * settings.timeCost) &&
    parallelism <= Math.max(bounds.parallelism, settings.parallelism)
  )
}
