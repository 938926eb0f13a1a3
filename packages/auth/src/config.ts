import { availableParallelism } from 'node:os'
import { z } from 'zod'
import type { LimitConfig } from './limits/limits.ts'
import { asymmetricAlgorithms, parsePrivateKey, parsePublicKeys, toPublicKey } from './tokens/keys.ts'

const secondsPer: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400 }

/** PostgreSQL's timestamps and a cookie's age end somewhere; nobody means more. */
const longestDurationSeconds = 3650 * 86400

const duration = (example: string) =>
  z
    .string()
    .regex(/^\d{1,9}[smhd]$/, `must be a whole number and a unit (s, m, h or d), for example ${example}`)
    .transform((text) => Number(text.slice(0, -1)) * (secondsPer[text.slice(-1)] ?? Number.NaN))
    .refine((value) => value <= longestDurationSeconds, 'must be at most ten years, 3650d')

const positiveDuration = (example: string) =>
  duration(example).refine((value) => value > 0, 'must be more than 0')

const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true')

const count = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
}

/** The threads in which Node does what takes long, unless `UV_THREADPOOL_SIZE` says otherwise. */
const libuvThreads = 4

/**
 * Two more than there are cores, so that none waits while one hash is handed over and another gives its memory back: on two cores four
 * bring 1 % more logins than three. Where WebCrypto signs tokens, which it does in the same threads, one stays free for it: a flood
 * of logins does not starve refresh.
 */
function defaultConcurrency(signsInThreads: boolean): number {
  return Math.min(availableParallelism() + 2, signsInThreads ? libuvThreads - 1 : libuvThreads)
}

const passwordVariables = {
  PASSWORD_MIN_LENGTH: count(8, 128).prefault('8'),
  ARGON2_MEMORY_KIB: count(19456, 4194304).prefault('19456'),
  ARGON2_TIME_COST: count(2, 100).prefault('2'),
  ARGON2_PARALLELISM: count(1, 64).prefault('1'),
  HASH_CONCURRENCY: count(1, 1024).optional(),
  HASH_QUEUE: count(0, 100000).prefault('64'),
}

const passwordObject = z.object(passwordVariables)

const toPasswordConfig = (
  settings: z.output<typeof passwordObject>,
  { signsInThreads }: { signsInThreads: boolean },
) => ({
  minLength: settings.PASSWORD_MIN_LENGTH,
  memoryKib: settings.ARGON2_MEMORY_KIB,
  timeCost: settings.ARGON2_TIME_COST,
  parallelism: settings.ARGON2_PARALLELISM,
  concurrency: settings.HASH_CONCURRENCY ?? defaultConcurrency(signsInThreads),
  queue: settings.HASH_QUEUE,
})

/** The settings of passwords alone, for a tool that stores passwords and signs nothing. */
export const passwordSettings = passwordObject.transform((settings) =>
  toPasswordConfig(settings, { signsInThreads: false }),
)

const refreshTokenLifetime = positiveDuration('7d').prefault('7d')

const makeSecret = 'make one with: openssl rand -base64 48'

const keyVariables = {
  SECRET_KEY: z
    .string()
    .refine((value) => Buffer.byteLength(value) >= 32, `must be at least 32 bytes; ${makeSecret}`)
    .optional(),
  ALGORITHM: z.enum(['HS256', ...asymmetricAlgorithms], 'must be HS256, EdDSA, ES256 or RS256').optional(),
  SIGNING_KEY: z.string().transform(parsedBy(parsePrivateKey)).optional(),
  VERIFYING_KEYS: z.string().transform(parsedBy(parsePublicKeys)).optional(),
}

const keyObject = z.object(keyVariables)

type KeyVariables = z.output<typeof keyObject>

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

function checkKeys(
  { SECRET_KEY, ALGORITHM, SIGNING_KEY, VERIFYING_KEYS = [] }: KeyVariables,
  context: z.RefinementCtx,
): void {
  const issue = (setting: keyof KeyVariables, message: string) =>
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

const toKeyConfig = (settings: KeyVariables) => ({
  /** Signs HS256 where there is no `signingKey`, and verifies it in any case. */
  secretKey: settings.SECRET_KEY,
  signingKey: settings.SIGNING_KEY,
  /** Older or coming keys: accepted and published. */
  verifyingKeys: settings.VERIFYING_KEYS ?? [],
})

/** The settings of keys alone and how long a token may live, for a tool that looks after keys: none need be there. */
export const keySettings = keyObject
  .extend({ REFRESH_TOKEN_LIFETIME: refreshTokenLifetime })
  .transform((settings) => ({
    ...toKeyConfig(settings),
    refreshTokenLifetimeSeconds: settings.REFRESH_TOKEN_LIFETIME,
  }))

export type KeyConfig = z.output<typeof keySettings>

const rate = (example: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,6}\/[1-9]\d{0,6}[smhd]$/, `must be how often in how long, for example ${example}`)
    .transform((text) => {
      const [count, span = ''] = text.split('/')
      return {
        count: Number(count),
        seconds: Number(span.slice(0, -1)) * (secondsPer[span.slice(-1)] ?? Number.NaN),
      }
    })
    .prefault(example)

const limitVariables = {
  RATE_LIMITS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  LOGIN_FAILURES_PER_ADDRESS: rate('100/1h'),
  LOGIN_FAILURES_PER_DEVICE: rate('5/1d'),
  LOGIN_FAILURES_PER_ACCOUNT: rate('20/1d'),
  LOGIN_MAX_DELAY: positiveDuration('15m').prefault('15m'),
  REGISTRATIONS_PER_ADDRESS: rate('20/1h'),
  PASSWORD_CHANGES_PER_USER: rate('10/1h'),
  REFRESHES_PER_ADDRESS: rate('600/1m'),
}

const limitObject = z.object(limitVariables)

const toLimitConfig = (settings: z.output<typeof limitObject>): LimitConfig => ({
  isOn: settings.RATE_LIMITS === 'on',
  loginFailuresOfAddress: settings.LOGIN_FAILURES_PER_ADDRESS,
  loginFailuresOfDevice: settings.LOGIN_FAILURES_PER_DEVICE,
  loginFailuresOfAccount: settings.LOGIN_FAILURES_PER_ACCOUNT,
  loginMaxDelaySeconds: settings.LOGIN_MAX_DELAY,
  registrations: settings.REGISTRATIONS_PER_ADDRESS,
  passwordChanges: settings.PASSWORD_CHANGES_PER_USER,
  refreshes: settings.REFRESHES_PER_ADDRESS,
})

/** The settings of the account service, by the names of their environment variables, which are SimpleJWT's where it has them. */
export const authSettings = z
  .object({
    ...keyVariables,
    ACCESS_TOKEN_LIFETIME: positiveDuration('24h').prefault('24h'),
    REFRESH_TOKEN_LIFETIME: refreshTokenLifetime,
    SESSION_MAX_LIFETIME: positiveDuration('90d').prefault('90d'),
    REFRESH_REUSE_GRACE: duration('30s').prefault('30s'),
    ROTATE_REFRESH_TOKENS: flag.prefault('true'),
    BLACKLIST_AFTER_ROTATION: flag.prefault('false'),
    LEEWAY: duration('0s').prefault('0s'),
    ISSUER: z.string().optional(),
    AUDIENCE: z.string().optional(),
    REGISTRATION: flag.prefault('true'),
    ...passwordVariables,
    ...limitVariables,
  })
  .superRefine(checkKeys)
  .transform((settings) => ({
    ...toKeyConfig(settings),
    accessTokenLifetimeSeconds: settings.ACCESS_TOKEN_LIFETIME,
    refreshTokenLifetimeSeconds: settings.REFRESH_TOKEN_LIFETIME,
    sessionMaxLifetimeSeconds: settings.SESSION_MAX_LIFETIME,
    refreshReuseGraceSeconds: settings.REFRESH_REUSE_GRACE,
    rotateRefreshTokens: settings.ROTATE_REFRESH_TOKENS,
    blacklistAfterRotation: settings.BLACKLIST_AFTER_ROTATION,
    leewaySeconds: settings.LEEWAY,
    issuer: settings.ISSUER,
    audience: settings.AUDIENCE,
    /** Whether anybody may register. */
    registration: settings.REGISTRATION,
    passwords: toPasswordConfig(settings, { signsInThreads: settings.SIGNING_KEY !== undefined }),
    limits: toLimitConfig(settings),
  }))

/** Validated settings: durations in seconds, memory in KiB. */
export type AuthConfig = z.output<typeof authSettings>

/** The settings of passwords: how short one may be, and how they are hashed. */
export type PasswordConfig = AuthConfig['passwords']

/** Settings that cannot be used. `problems` has a line for each, with its fix. */
export class ConfigError extends TypeError {
  override readonly name = 'ConfigError'
  readonly problems: string[]

  constructor(problems: string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * Reads and validates settings from an environment. An app that has settings of its own passes
 * `z.intersection(authSettings, its own)`. A variable that is empty counts as absent.
 * @throws {ConfigError} with every problem at once.
 */
export function readSettings<Settings>(
  schema: z.ZodType<Settings>,
  env: Record<string, string | undefined>,
): Settings {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const { data, error } = schema.safeParse(given)
  if (error === undefined) return data
  throw new ConfigError(error.issues.map(({ path, message }) => `${path.join('.')} ${message}`))
}

/**
 * The account service's settings from an environment.
 * @throws {ConfigError} with every problem at once.
 */
export function readConfig(env: Record<string, string | undefined>): AuthConfig {
  return readSettings(authSettings, env)
}
