import { adminSettings } from '@pockitflyer/auth/admin'
import { readSettings } from '@pockitflyer/server/settings'
import { databaseUrl } from '@pockitflyer/server/settings/database-url'
import { z } from 'zod'

const DATABASE_URL = databaseUrl('postgres://user:password@localhost:5432/pockitflyer')
const toSettings = ({ DATABASE_URL }: { DATABASE_URL?: string | undefined }) => ({
  /** `undefined`: the development database of this checkout, never in production. */
  databaseUrl: DATABASE_URL,
})
const productionSettings = z.object({ DATABASE_URL }).transform(toSettings)
const developmentSettings = z.object({ DATABASE_URL: DATABASE_URL.optional() }).transform(toSettings)

/** The settings of the operator's tool. It signs nothing, so it needs no SECRET_KEY. */
export type CliSettings = z.output<typeof adminSettings> & z.output<typeof developmentSettings>

/**
 * Reads the tool's settings from an environment.
 * @throws {SettingsError} with every problem at once, each with its fix
 */
export function readCliSettings(env: Record<string, string | undefined>): CliSettings {
  const own = env['NODE_ENV'] === 'production' ? productionSettings : developmentSettings
  return readSettings(z.intersection(own, adminSettings), env)
}
