import { z } from 'zod'
import { asymmetricAlgorithms, parsePrivateKey, parsePublicKeys, toPublicKey } from '../keys/keys.ts'
import { positiveDuration } from '@pockitflyer/server/settings'

/** How long a refresh token lives, in seconds: a key must outlive it. */
export const refreshTokenLifetime = positiveDuration('7d').prefault('7d')

const makeSecret = 'make one with: openssl rand -base64 48'

/** The settings of keys, as zod schemas by name. */
export const keySettingFields = {
  SECRET_KEY: z
    .string()
    .refine((value) => Buffer.byteLength(value) >= 32, `must be at least 32 bytes; ${makeSecret}`)
    .optional(),
  ALGORITHM: z.enum(['HS256', ...asymmetricAlgorithms], 'must be HS256, EdDSA, ES256 or RS256').optional(),
  SIGNING_KEY: z.string().transform(parsedBy(parsePrivateKey)).optional(),
  VERIFYING_KEYS: z.string().transform(parsedBy(parsePublicKeys)).optional(),
}

const keyObject = z.object(keySettingFields)

type KeySettingFields = z.output<typeof keyObject>

function parsedBy<Parsed>(parse: (text: string) => Parsed) {
  return (text: string, context: z.RefinementCtx): Parsed => {
    try {
      return parse(text)
    } catch (error) {
      context.addIssue(error instanceof TypeError ? error.message : 'cannot be read')
      return z.NEVER
    }
  }
}

/** Checks the settings of keys against each other. */
export function checkKeys(
  { SECRET_KEY, ALGORITHM, SIGNING_KEY, VERIFYING_KEYS = [] }: KeySettingFields,
  context: z.RefinementCtx,
): void {
  const issue = (setting: keyof KeySettingFields, message: string) =>
    context.addIssue({ code: 'custom', path: [setting], message })
  if (SECRET_KEY === undefined && SIGNING_KEY === undefined) {
    if (ALGORITHM === undefined || ALGORITHM === 'HS256') issue('SECRET_KEY', `is missing; ${makeSecret}`)
    else issue('SIGNING_KEY', `is missing; make one with: pnpm auth keys generate --alg ${ALGORITHM}`)
  }
  const signsWith = SIGNING_KEY?.algorithm ?? 'HS256'
  if (ALGORITHM !== undefined && ALGORITHM !== signsWith && (SECRET_KEY ?? SIGNING_KEY) !== undefined) {
    issue('ALGORITHM', `is ${ALGORITHM}, but the key signs with ${signsWith}; leave it out`)
  }
  const isTaken = VERIFYING_KEYS.some(
    ({ kid, key }) => kid === SIGNING_KEY?.kid && !key.equals(toPublicKey(SIGNING_KEY.key)),
  )
  if (isTaken) issue('VERIFYING_KEYS', 'has another key with the kid of SIGNING_KEY')
}

/** Returns the key settings of validated settings. */
export const toKeySettings = (settings: KeySettingFields) => ({
  /** Signs HS256 where there is no `signingKey`, and verifies it in any case. */
  secretKey: settings.SECRET_KEY,
  signingKey: settings.SIGNING_KEY,
  /** Former or future keys: accepted and published. */
  verifyingKeys: settings.VERIFYING_KEYS ?? [],
})

/**
 * The settings of keys and the lifetime of a refresh token, for a tool that manages keys. All are
 * optional.
 * @example const { signingKey, verifyingKeys } = readSettings(keySettings, process.env)
 */
export const keySettings = keyObject
  .extend({ REFRESH_TOKEN_LIFETIME: refreshTokenLifetime })
  .transform((settings) => ({
    ...toKeySettings(settings),
    refreshTokenLifetimeSeconds: settings.REFRESH_TOKEN_LIFETIME,
  }))

/** Validated settings of keys. */
export type KeySettings = z.output<typeof keySettings>
