import { createHash, pbkdf2, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { verify as verifyArgon2 } from '@node-rs/argon2'
import { verify as verifyBcrypt } from '@node-rs/bcrypt'

const derivePbkdf2 = promisify(pbkdf2)
const deriveScrypt = promisify<string, string, number, ScryptOptions, Buffer>(scrypt)

type Check = (password: string) => Promise<boolean>

/** A hash family of Django: the name before the first `$`, which is `algorithm` of its hasher. */
export type DjangoFamily =
  | 'argon2'
  | 'bcrypt'
  | 'bcrypt_sha256'
  | 'md5'
  | 'pbkdf2_sha1'
  | 'pbkdf2_sha256'
  | 'scrypt'

/** Finds the check for a hash of each family, from what stands behind the family's first `$`. */
const families: Record<DjangoFamily, (stored: string) => Check | undefined> = {
  argon2: findArgon2Check,
  bcrypt: (stored) => findBcryptCheck(stored, (password) => password),
  bcrypt_sha256: (stored) => findBcryptCheck(stored, hexSha256),
  md5: findMd5Check,
  pbkdf2_sha1: (stored) => findPbkdf2Check(stored, { digest: 'sha1', bytes: 20 }),
  pbkdf2_sha256: (stored) => findPbkdf2Check(stored, { digest: 'sha256', bytes: 32 }),
  scrypt: findScryptCheck,
}

/** Returns the family that a hash of Django names; `undefined` if it names none of the seven. */
export function findDjangoFamily(passwordHash: string): DjangoFamily | undefined {
  const name = passwordHash.slice(0, Math.max(0, passwordHash.indexOf('$')))
  return isFamily(name) ? name : undefined
}

/**
 * Returns the check for a hash that Django made (`django.contrib.auth.hashers`). `undefined` for
 * every other: an unusable `!…`, one without a salt from before Django 1.4, and an unreadable one.
 * The check rejects if parameters that look right turn out to be impossible.
 */
export function findDjangoCheck(passwordHash: string): Check | undefined {
  const family = findDjangoFamily(passwordHash)
  return family && families[family](passwordHash.slice(family.length + 1))
}

function isFamily(name: string): name is DjangoFamily {
  return Object.hasOwn(families, name)
}

/**
 * A PHC string without its first `$`. Where it names no version, it is of version 16 (argon2-cffi
 * before 16.2), which the library would take for 19.
 */
function findArgon2Check(stored: string): Check | undefined {
  if (!/^argon2(?:id|i|d)\$(?:v=\d+\$)?m=\d+,t=\d+,p=\d+\$[\w+/-]{11,}\$[\w+/-]{6,}$/.test(stored))
    return undefined
  const phc = `$${stored.replace(/^(argon2\w+)\$m=/, '$1$v=16$m=')}`
  return (password) => verifyArgon2(phc, password)
}

/**
 * Version, cost, salt and digest. The last characters of salt and digest stand for fewer bits than
 * they could hold: the library refuses others sooner than it would hash.
 */
const bcryptHash =
  /^\$2[aby]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]$/

/** bcrypt reads the first 72 bytes of a password, as Python's library does before version 5. */
function findBcryptCheck(stored: string, prepare: (password: string) => string): Check | undefined {
  if (!bcryptHash.test(stored)) return undefined
  return (password) => verifyBcrypt(prepare(password), stored)
}

function hexSha256(password: string): string {
  return createHash('sha256').update(password).digest('hex')
}

function findMd5Check(stored: string): Check | undefined {
  const [, salt, hex] = /^([^$]+)\$([0-9a-f]{32})$/.exec(stored) ?? []
  if (salt === undefined || hex === undefined) return undefined
  const expected = Buffer.from(hex, 'hex')
  return async (password) =>
    timingSafeEqual(
      createHash('md5')
        .update(salt + password)
        .digest(),
      expected,
    )
}

function findPbkdf2Check(
  stored: string,
  { digest, bytes }: { digest: string; bytes: number },
): Check | undefined {
  const [, rounds, salt, base64 = ''] = /^([1-9]\d*)\$([^$]+)\$([A-Za-z0-9+/]+=)$/.exec(stored) ?? []
  const expected = Buffer.from(base64, 'base64')
  if (rounds === undefined || salt === undefined || expected.length !== bytes) return undefined
  return async (password) =>
    timingSafeEqual(await derivePbkdf2(password, salt, Number(rounds), bytes, digest), expected)
}

/** Node refuses more memory than this; `isAffordable` refuses before, at half of it. */
const maxmem = 2 ** 29

/** The order of fields is Django's own: work factor, salt, block size, parallelism. */
function findScryptCheck(stored: string): Check | undefined {
  const [, workFactor, salt, blockSize, parallelism, base64] =
    /^([1-9]\d*)\$([^$]+)\$([1-9]\d*)\$([1-9]\d*)\$([A-Za-z0-9+/]{86}==)$/.exec(stored) ?? []
  if (salt === undefined || base64 === undefined) return undefined
  const [N, r, p] = [Number(workFactor), Number(blockSize), Number(parallelism)]
  const isPossible = N > 1 && Number.isInteger(Math.log2(N)) && N < 2 ** (16 * r)
  if (!isPossible) return undefined
  const expected = Buffer.from(base64, 'base64')
  return async (password) =>
    timingSafeEqual(await deriveScrypt(password, salt, expected.length, { N, r, p, maxmem }), expected)
}
