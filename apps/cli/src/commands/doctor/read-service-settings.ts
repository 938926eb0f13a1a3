import { readFile } from 'node:fs/promises'
import { authSettings } from '@pockitflyer/auth'
import { SettingsError, readSettings } from '@pockitflyer/server/settings'
import { serverSettings } from '@pockitflyer/server/settings/server'
import { z } from 'zod'
import type { Cli, Environment } from '../../cli.ts'
import { found, type Finding } from './finding.ts'

export const serviceSettings = z.intersection(authSettings, serverSettings)

/** The settings of the service. */
export type ServiceSettings = z.output<typeof serviceSettings>

/** Stands for the development database, which `pnpm dev` starts and passes to the API. */
const developmentUrl = 'postgres://localhost/pockitflyer'

/** Reads the settings as the API does, or returns a finding for each problem. */
export async function readServiceSettings(cli: Cli): Promise<ServiceSettings | Finding[]> {
  try {
    return readSettings(serviceSettings, await withDevelopmentSettings(cli))
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map(toFinding)
    throw error
  }
}

/**
 * Outside production, adds the settings that `pnpm dev` would pass to the API where they are
 * absent.
 */
async function withDevelopmentSettings({ environment: env, secretFiles }: Cli): Promise<Environment> {
  if (env['NODE_ENV'] === 'production') return env
  const settings = { ...env, DATABASE_URL: env['DATABASE_URL'] || developmentUrl }
  if (env['SECRET_KEY'] || env['SIGNING_KEY']) return settings
  const [signingKey, secretKey] = await Promise.all([
    readKey(secretFiles.signingKey),
    readKey(secretFiles.secretKey),
  ])
  return { ...settings, SIGNING_KEY: signingKey, SECRET_KEY: secretKey }
}

async function readKey(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text?.trim()
}

/**
 * Splits a problem: it begins with the name of its setting, and a semicolon comes before its fix.
 */
function toFinding(problem: string): Finding {
  const [, setting = 'settings', text = problem, fix = `set ${setting} to what apps/docs/settings.md says`] =
    /^(\S+) (.*?)(?:; (.*))?$/.exec(problem) ?? []
  return found('error', setting, [text, fix])
}
