import { httpUrl, port, readSettings as read } from '@pockitflyer/server/settings'
import { databaseUrl } from '@pockitflyer/server/settings/database-url'
import { watchSettings } from '@pockitflyer/server/settings/watch'
import { z } from 'zod'

const ownSettings = z
  .object({
    FLYERS_DATABASE_URL: databaseUrl('postgres://flyers:password@localhost:5432/pockitflyer'),
    API_URL: httpUrl.prefault('http://127.0.0.1:8000'),
    ISSUER: z.string().optional(),
    AUDIENCE: z.string().optional(),
    HOST: z.string().default('127.0.0.1'),
    PORT: port.prefault('8100'),
  })
  .transform(({ FLYERS_DATABASE_URL, API_URL, ISSUER, AUDIENCE, HOST, PORT }) => ({
    databaseUrl: FLYERS_DATABASE_URL,
    /**
     * Where the account service is: it publishes the keys of access tokens and knows who their
     * bearers are.
     */
    apiUrl: API_URL,
    /** What a token must name where the account service writes it: `iss` and `aud`. */
    named: {
      ...(ISSUER === undefined ? {} : { issuer: ISSUER }),
      ...(AUDIENCE === undefined ? {} : { audience: AUDIENCE }),
    },
    host: HOST,
    port: PORT,
  }))

/** The settings of this service, by the names of their environment variables. */
export const flyersSettings = z.intersection(ownSettings, watchSettings('pockitflyer-flyers'))

/** The role of the account service reads every password hash. */
const ownRole = z
  .object({ FLYERS_DATABASE_URL: z.string().optional(), DATABASE_URL: z.string().optional() })
  .refine(
    ({ FLYERS_DATABASE_URL: own, DATABASE_URL: accounts }) =>
      own === undefined || accounts === undefined || roleOf(own) !== roleOf(accounts),
    {
      path: ['FLYERS_DATABASE_URL'],
      message:
        'has the role of DATABASE_URL, which reads every password hash: give this service a role of its own',
    },
  )
  .transform(() => ({}))

const productionSettings = z.intersection(flyersSettings, ownRole)

/** Everything that this service must be told. */
export type Settings = z.output<typeof flyersSettings>

/**
 * Reads the settings from an environment. In development `DATABASE_URL` stands in for
 * `FLYERS_DATABASE_URL`; in production the role of the account service is never this service's.
 * @throws {SettingsError} with every problem at once
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  if (env['NODE_ENV'] === 'production') return read(productionSettings, env)
  return read(flyersSettings, {
    ...env,
    FLYERS_DATABASE_URL: env['FLYERS_DATABASE_URL'] || env['DATABASE_URL'],
  })
}

/**
 * Who connects: a name is taken for the same person on every server, since one server has many
 * addresses.
 */
function roleOf(url: string): string {
  const parameter = /[?&]user=([^&]*)/.exec(url)?.[1]
  const role = parameter ?? /^\w+:\/\/([^:@/?]*)(?::[^@/]*)?@/.exec(url)?.[1] ?? ''
  return role.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
