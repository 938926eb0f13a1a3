/** The meaning of each setting that a command reads, in lines that fit a terminal of 80 columns. */
const meanings = {
  DATABASE_URL: [
    'PostgreSQL 15 or later, postgres://user:password@host:5432/name.',
    'Where it is not set, the development database of this checkout;',
    'with NODE_ENV=production it must be set.',
  ],
  PASSWORD_MIN_LENGTH: ['characters that a new password has at least (default 8)'],
  ARGON2_MEMORY_KIB: ['memory of a password hash in KiB (default 19456)'],
  ARGON2_TIME_COST: ['passes of a password hash (default 2)'],
  ARGON2_PARALLELISM: ['lanes of a password hash (default 1)'],
  SECRET_KEY: ['the keys of the service'],
  SIGNING_KEY: ['the same'],
  VERIFYING_KEYS: ['the same'],
  REFRESH_TOKEN_LIFETIME: ['how long an old key must stay'],
  MAIL_KEY: ['the key of mailed links, where the service has one of its own'],
  PUBLIC_URL: ['the origin of the web app; in development http://localhost:3000'],
} as const

/** A setting that a command reads. */
export type SettingName = keyof typeof meanings

/** The settings of commands that work on the database. */
export const databaseSettings: SettingName[] = ['DATABASE_URL']

/** The settings of commands that hash a new password. */
export const passwordSettings: SettingName[] = [
  'DATABASE_URL',
  'PASSWORD_MIN_LENGTH',
  'ARGON2_MEMORY_KIB',
  'ARGON2_TIME_COST',
  'ARGON2_PARALLELISM',
]

/** The settings of commands that manage keys. */
export const keySettingNames: SettingName[] = [
  'SECRET_KEY',
  'SIGNING_KEY',
  'VERIFYING_KEYS',
  'REFRESH_TOKEN_LIFETIME',
]

/** Returns the part of a help that explains settings. */
export function describeSettings(names: readonly SettingName[]): string {
  const width = Math.max(...names.map((name) => name.length))
  const lines = names.flatMap((name) =>
    meanings[name].map((line, index) => `  ${(index === 0 ? name : '').padEnd(width)}  ${line}`),
  )
  return ['Settings, read from the environment:', ...lines].join('\n')
}
