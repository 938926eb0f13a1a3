import { findDatabaseUrlProblem } from '@pockitflyer/postgres-pool'
import { z } from 'zod'

const settings = z
  .object({
    DATABASE_URL: z
      .string('is missing; for example postgres://user:password@localhost:5432/pockitflyer')
      .superRefine((url, context) => {
        const problem = findDatabaseUrlProblem(url)
        if (problem) context.addIssue(problem)
      }),
    API_URL: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .default('http://127.0.0.1:8000')
      .transform((text) => new URL(text)),
    ISSUER: z.string().optional(),
    AUDIENCE: z.string().optional(),
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number('must be a port').int('must be a port').min(0).max(65535).default(8100),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  })
  .transform(({ DATABASE_URL, API_URL, ISSUER, AUDIENCE, HOST, PORT, LOG_LEVEL }) => ({
    databaseUrl: DATABASE_URL,
    /** Where the account service is: it publishes the keys of access tokens and knows who their bearers are. */
    apiUrl: API_URL,
    /** What a token must name where the account service writes it: `iss` and `aud`. */
    named: {
      ...(ISSUER === undefined ? {} : { issuer: ISSUER }),
      ...(AUDIENCE === undefined ? {} : { audience: AUDIENCE }),
    },
    host: HOST,
    port: PORT,
    logLevel: LOG_LEVEL,
  }))

/** Everything that this service must be told. */
export type Settings = z.output<typeof settings>

/**
 * Reads the settings from an environment. A variable that is empty counts as absent.
 * @throws {TypeError} with every problem at once
 */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const { data, error } = settings.safeParse(given)
  if (error === undefined) return data
  const problems = error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`)
  throw new TypeError(`The settings cannot be used:\n${problems.join('\n')}`)
}
