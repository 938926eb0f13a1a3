import { randomBytes } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import type { PasswordSettings } from '../settings/passwords.ts'

/** Hashes a password with argon2id into a PHC string (RFC 9106; OWASP Password Storage). */
export async function hashArgon2id(password: string, settings: PasswordSettings): Promise<string> {
  const { memoryKib: memoryCost, timeCost, parallelism } = settings
  return hash(password, { memoryCost, timeCost, parallelism })
}

/** Returns a PHC string that no password fits and whose check costs the same as any other. */
export function dummyHash({ memoryKib, timeCost, parallelism }: PasswordSettings): string {
  const base64 = (size: number) => randomBytes(size).toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${memoryKib},t=${timeCost},p=${parallelism}$${base64(16)}$${base64(32)}`
}

/** Returns whether a hash differs from what the settings ask for, or is weaker. */
export function isOutdated(passwordHash: string, settings: PasswordSettings): boolean {
  const [, memory, time, parallelism] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(passwordHash) ?? []
  return (
    Number(memory ?? 0) < settings.memoryKib ||
    Number(time ?? 0) < settings.timeCost ||
    Number(parallelism ?? 0) < settings.parallelism
  )
}
