import { found, type Finding, ok, when } from './finding.ts'
import type { ServiceSettings } from './read-service-settings.ts'

/**
 * A hexadecimal key of 128 random bits is estimated a little lower; below this value a key is not
 * random.
 */
const entropyMinBits = 96

const makeKey = 'SECRET_KEY="$(openssl rand -base64 48)"'

/** Words in keys that were copied from an example. */
const samples =
  /django-insecure|change[-_ ]?me|example|your[-_ ]?secret|oracle-secret-key|test[-_ ]?secret|placeholder/i

/** Checks the signing keys: the strength of `SECRET_KEY`, and remains of a rotation. */
export function checkKeys({ secretKey, signingKey, verifyingKeys }: ServiceSettings): Finding[] {
  return [
    ...(secretKey === undefined ? [] : [judgeSecretKey(secretKey)]),
    ...(signingKey === undefined ? [] : [ok('SIGNING_KEY', `signs with ${signingKey.algorithm}`)]),
    ...when(
      secretKey !== undefined && signingKey !== undefined,
      found('remark', 'SECRET_KEY', [
        'still verifies beside SIGNING_KEY: whoever has it can log in as anybody',
        'unset SECRET_KEY, once the last refresh token that it signed is over',
      ]),
    ),
    ...when(
      verifyingKeys.length > 0,
      found('remark', 'VERIFYING_KEYS', [
        `still accepted beside the key that signs: ${verifyingKeys.length}`,
        'unset VERIFYING_KEYS, once the rotation is over: see pnpm auth keys rotate',
      ]),
    ),
  ]
}

function judgeSecretKey(key: string): Finding {
  if (samples.test(key)) {
    return found('error', 'SECRET_KEY', ['looks like one from an example, which strangers know', makeKey])
  }
  const bits = Math.floor(estimateEntropyBits(key))
  if (bits < entropyMinBits) {
    return found('error', 'SECRET_KEY', [`can be guessed: it has ${bits} bits at most`, makeKey])
  }
  return ok('SECRET_KEY', `is strong: ${Buffer.byteLength(key)} bytes`)
}

/**
 * Returns Shannon's entropy of a text, counting a repeated piece once: an upper bound of the
 * guesses that an attacker needs.
 */
function estimateEntropyBits(key: string): number {
  const text = key.slice(0, periodOf(key))
  const counts = Map.groupBy(text, (character) => character)
  const bitsPerCharacter = [...counts.values()]
    .map(({ length }) => length / text.length)
    .reduce((bits, share) => bits - share * Math.log2(share), 0)
  return bitsPerCharacter * text.length
}

/** Returns the length of the piece that a text repeats, or its own length. */
function periodOf(text: string): number {
  return `${text}${text}`.indexOf(text, 1)
}
