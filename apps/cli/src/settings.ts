import {
  ConfigError,
  type PasswordConfig,
  passwordSettings,
  readSettings,
  userIdSettings,
} from '@pockitflyer/auth'
import { findDatabaseUrlProblem } from '@pockitflyer/postgres-pool'

/**
 * Everything that the operator's tool must be told. It signs nothing, so it asks for no SECRET_KEY.
 */
export interface CliSettings {
  /** `undefined`: the development database of this checkout. */
  databaseUrl: string | undefined
  passwords: PasswordConfig
  /** How many user ids are left out after a failover or a restore. */
  userIdGap: number
}

const example = 'postgres://user:password@localhost:5432/pockitflyer'

/**
 * The tool's settings from an environment. A variable that is empty counts as absent.
 * @throws {ConfigError} with every problem at once, each with its fix
 */
export function readCliSettings(env: Record<string, string | undefined>): CliSettings {
  const databaseUrl = env['DATABASE_URL'] || undefined
  const problem = findProblem(databaseUrl, env['NODE_ENV'] === 'production')
  try {
    const passwords = readSettings(passwordSettings, env)
    const { userIdGap } = readSettings(userIdSettings, env)
    if (problem === undefined) return { databaseUrl, passwords, userIdGap }
  } catch (error) {
    if (!(error instanceof ConfigError) || problem === undefined) throw error
    throw new ConfigError([problem, ...error.problems])
  }
  throw new ConfigError([problem])
}

/** The URL itself never stands in the text: it may hold a password. */
function findProblem(databaseUrl: string | undefined, isProduction: boolean): string | undefined {
  if (databaseUrl === undefined) {
    return isProduction ? `DATABASE_URL is missing; for example ${example}` : undefined
  }
  const problem = findDatabaseUrlProblem(databaseUrl)
  return problem && `DATABASE_URL ${problem}`
}
