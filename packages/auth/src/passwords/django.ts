import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { verify } from '@node-rs/argon2'

const derive = promisify(pbkdf2)

type Check = (password: string) => Promise<boolean>

/**
 * Returns the check for a hash that Django made: `pbkdf2_sha256$rounds$salt$hash` (its default
 * hasher) or `argon2$` before a PHC string. `undefined` for every other: Django's unusable `!…` and
 * its legacy hashers.
 */
export function findDjangoCheck(passwordHash: string): Check | undefined {
  if (passwordHash.startsWith('argon2$argon2')) {
    return (password) => verify(passwordHash.slice('argon2'.length), password)
  }
  const [, rounds, salt, digest] =
    /^pbkdf2_sha256\$(\d{1,8})\$([^$]+)\$([A-Za-z0-9+/]{43}=)$/.exec(passwordHash) ?? []
  if (rounds === undefined || salt === undefined || digest === undefined) return undefined
  const expected = Buffer.from(digest, 'base64')
  return async (password) =>
    timingSafeEqual(await derive(password, salt, Number(rounds), expected.length, 'sha256'), expected)
}
