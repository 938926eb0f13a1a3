import { authSettings } from '@pockitflyer/auth'
import { readSettings } from '@pockitflyer/server/settings'
import { serverSettings } from '@pockitflyer/server/settings/server'
import { z } from 'zod'

const apiSettings = z.intersection(authSettings, serverSettings)

/** The settings of the API. */
export type ApiSettings = z.output<typeof apiSettings>

/**
 * Reads the API's settings from an environment.
 * @throws {SettingsError} with every problem at once, each with its fix
 */
export function readApiSettings(env: Record<string, string | undefined>): ApiSettings {
  return readSettings(apiSettings, env)
}
