import { authSettings } from '@pockitflyer/auth'
import { readSettings } from '@pockitflyer/server/settings'
import { serverSettings } from '@pockitflyer/server/settings/server'
import { z } from 'zod'

const apiSettings = z.intersection(authSettings, serverSettings)

/** Everything that the API must be told. */
export type ApiSettings = z.output<typeof apiSettings>

/**
 * The API's settings from an environment.
 * @throws {ConfigError} with every problem at once, each with its fix.
 */
export function readApiSettings(env: Record<string, string | undefined>): ApiSettings {
  return readSettings(apiSettings, env)
}
