import { findDatabaseUrlProblem } from '@pockitflyer/postgres-pool'
import { findPortFault } from '@pockitflyer/server'
import { z } from 'zod'

const port = z.string().transform((text, context) => {
  const fault = findPortFault(text)
  if (fault !== undefined) context.addIssue(fault)
  return Number(text)
})

const settings = z
  .object({
    FLYERS_DATABASE_URL: z
      .string('is missing; for example postgres://flyers:password@localhost:5432/pockitflyer')
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
    PORT: port.prefault('8100'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  })
  .transform(({ FLYERS_DATABASE_URL, API_URL, ISSUER, AUDIENCE, HOST, PORT, LOG_LEVEL }) => ({
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
    logLevel: LOG_LEVEL,
  }))

/** Everything that this service must be told. */
export type Settings = z.output<typeof settings>

type Environment = Record<string, string | undefined>

/**
 * Reads the settings from an environment. A variable that is empty counts as absent. In development
 * `DATABASE_URL` stands in for `FLYERS_DATABASE_URL`; in production the role of the account
 * service, which reads every password hash, is never this service's.
 * @throws {TypeError} with every problem at once
 */
export function readSettings(env: Environment): Settings {
  const given: Environment = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const isProduction = given['NODE_ENV'] === 'production'
  const own = given['FLYERS_DATABASE_URL'] ?? (isProduction ? undefined : given['DATABASE_URL'])
  const { data, error } = settings.safeParse({ ...given, FLYERS_DATABASE_URL: own })
  const problems = error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []
  if (isProduction && own !== undefined && isSameRole(own, given['DATABASE_URL'])) problems.push(sharedRole)
  if (data !== undefined && problems.length === 0) return data
  throw new TypeError(`The settings cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
}

const sharedRole =
  'FLYERS_DATABASE_URL has the role of DATABASE_URL, which reads every password hash: give this service a role of its own'

function isSameRole(one: string, other: string | undefined): boolean {
  return other !== undefined && roleOf(one) === roleOf(other)
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
