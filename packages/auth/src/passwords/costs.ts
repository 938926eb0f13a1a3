import type { PasswordSettings } from '../settings/passwords.ts'

/** The settings that determine the time of a check. */
type Costs = Pick<PasswordSettings, 'memoryKib' | 'timeCost' | 'parallelism'>

/**
 * Highest cost of a check where the settings ask for no more: about a second of one thread, and 256
 * MiB. A hash is imported data: one with a billion rounds must not occupy a thread for ten minutes.
 * scrypt counts blocks of 128 bytes: N·r of them are its table, r·(p + 2) stand beside it.
 */
const bounds = {
  pbkdf2Rounds: 1_800_000,
  bcryptCost: 13,
  scryptBlocks: 2_097_152,
  scryptBlocksBeside: 16_384,
  memoryKib: 262_144,
  kibTimesPasses: 2_000_000,
  parallelism: 64,
}

/**
 * Returns whether a stored hash may be checked. No password fits a hash that costs more. The kind
 * of a hash (`kindOf`) tells it as well as the hash.
 * @example isAffordable('pbkdf2_sha256$1000000000$salt$hash', settings.passwords) // false
 */
export function isAffordable(passwordHash: string, settings: Costs): boolean {
  const fields = passwordHash.split('$')
  const [family = ''] = fields
  switch (family) {
    case 'pbkdf2_sha1':
    case 'pbkdf2_sha256':
      return Number(fields[1]) <= bounds.pbkdf2Rounds
    case 'bcrypt':
    case 'bcrypt_sha256':
      return Number(fields[3]) <= bounds.bcryptCost
    case 'scrypt':
      return isScryptAffordable(Number(fields[1]), Number(fields[3]), Number(fields[4]))
    default:
      return isArgon2Affordable(fields, settings)
  }
}

function isScryptAffordable(workFactor: number, blockSize: number, parallelism: number): boolean {
  return (
    workFactor * blockSize * parallelism <= bounds.scryptBlocks &&
    blockSize * (parallelism + 2) <= bounds.scryptBlocksBeside
  )
}

/** A hash without parameters costs next to nothing, such as md5, or is not computed. */
function isArgon2Affordable(fields: string[], settings: Costs): boolean {
  const section = fields.find((part) => /^[mtp]=/.test(part))
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
