import { ConfigError, readSettings } from '@pockitflyer/auth'
import { adminSettings } from '@pockitflyer/auth/admin'
import { findDatabaseUrlProblem } from '@pockitflyer/postgres-pool'
import type { z } from 'zod'

/**
 * Everything that the operator's tool must be told. It signs nothing, so it asks for no SECRET_KEY.
 */
export interface CliSettings extends z.output<typeof adminSettings> {
  /** `undefined`: the development database of this checkout. */
  databaseUrl: string | undefined
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
    const settings = readSettings(adminSettings, env)
    if (problem === undefined) return { databaseUrl, ...settings }
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
