import { mailerSettingFields, toMailLifetimes } from '@pockitflyer/auth/mails'
import { count, flag, httpUrl, port, readSettings } from '@pockitflyer/server/settings'
import { databaseUrl } from '@pockitflyer/server/settings/database-url'
import { watchSettings } from '@pockitflyer/server/settings/watch'
import { z } from 'zod'
import { mailAddress } from './mail-address.ts'
import { smtpUrl } from './smtp-url.ts'

/** How long a statement may take, in milliseconds: those that prune are the longest. */
const queryTimeoutMs = 60_000

/** A whole number of days. */
const days = (example: string) =>
  z
    .string()
    .regex(/^[1-9]\d{0,3}d$/, `must be a whole number of days and a d, for example ${example}`)
    .transform((text) => Number(text.slice(0, -1)))
    .prefault(example)

/** The origin of the pages that links lead to. */
const publicUrl = httpUrl.refine(
  (url) => url.href === `${url.origin}/`,
  'must be an origin, for example https://accounts.example.com',
)

const workerObject = z.object({
  DATABASE_URL: databaseUrl('postgres://user:password@localhost:5432/pockitflyer'),
  DATABASE_POOL_SIZE: count(4, 9999).prefault('10'),
  DATABASE_PREPARE: flag.prefault('true'),
  ...mailerSettingFields,
  SMTP_URL: smtpUrl.optional(),
  SMTP_CONNECTIONS: count(1, 20).prefault('1'),
  MAIL_FROM: mailAddress.optional(),
  MAIL_REPLY_TO: mailAddress.optional(),
  MAIL_BRAND: z
    .string()
    .regex(/^[^\p{Cc}]{1,50}$/u, 'must be 1 to 50 characters')
    .default('Pockitflyer'),
  MAIL_UNKNOWN: flag.prefault('true'),
  PUBLIC_URL: publicUrl.optional(),
  PRUNE_SESSIONS_AFTER: days('30d'),
  PRUNE_EVENTS_AFTER: days('365d'),
  PRUNE_TOKENS_AFTER: days('30d'),
  PRUNE_MAILS_AFTER: days('90d'),
  WORKER_HOST: z.string().default('127.0.0.1'),
  WORKER_PORT: port.prefault('8200'),
})

/** What sending mail needs: checked apart, so that it is reported beside every other problem. */
const mailNeeds = z
  .object({
    SMTP_URL: z.string().optional(),
    MAIL_KEY: z.string().optional(),
    MAIL_FROM: z.string().optional(),
    PUBLIC_URL: z.string().optional(),
  })
  .superRefine((settings, context) => {
    if (settings.SMTP_URL === undefined) return
    for (const [name, message] of Object.entries(missing))
      if (!(name in settings)) context.addIssue({ code: 'custom', path: [name], message })
  })
  .transform(() => ({}))

const missing = {
  MAIL_KEY: "is missing; print the API's with: pnpm auth keys mail",
  MAIL_FROM: 'is missing; for example Pockitflyer <accounts@example.com>',
  PUBLIC_URL: 'is missing: links begin with it; for example https://accounts.example.com',
}

function toMailSettings(settings: z.output<typeof workerObject>) {
  const { SMTP_URL: server, MAIL_KEY: key, MAIL_FROM: from, PUBLIC_URL: url } = settings
  if (server === undefined || key === undefined || from === undefined || url === undefined) return undefined
  return {
    server,
    /** Mails sent at once. */
    connections: settings.SMTP_CONNECTIONS,
    from,
    replyTo: settings.MAIL_REPLY_TO,
    /** What mails call the product. */
    brand: settings.MAIL_BRAND,
    /** The origin of links, without a slash at its end. */
    publicUrl: url.origin,
    mailer: {
      key,
      oldKey: settings.MAIL_KEY_OLD,
      lifetimes: toMailLifetimes(settings),
      language: settings.LANGUAGES?.[0] ?? 'en',
      mailsUnknown: settings.MAIL_UNKNOWN,
    },
  }
}

const ownSettings = workerObject.transform((settings) => ({
  database: {
    url: settings.DATABASE_URL,
    poolSize: settings.DATABASE_POOL_SIZE,
    prepares: settings.DATABASE_PREPARE,
    queryTimeoutMs,
  },
  host: settings.WORKER_HOST,
  port: settings.WORKER_PORT,
  /** `undefined`: no mail is written or sent. */
  mail: toMailSettings(settings),
  pruneAfterDays: {
    sessions: settings.PRUNE_SESSIONS_AFTER,
    events: settings.PRUNE_EVENTS_AFTER,
    tokens: settings.PRUNE_TOKENS_AFTER,
    mails: settings.PRUNE_MAILS_AFTER,
  },
}))

/** The settings of the worker, by the names of their environment variables. */
export const workerSettings = z.intersection(
  mailNeeds,
  z.intersection(ownSettings, watchSettings('pockitflyer-worker')),
)

/** Everything that the worker must be told. */
export type WorkerSettings = z.output<typeof workerSettings>

/** The settings of mail. */
export type MailSettings = NonNullable<WorkerSettings['mail']>

/**
 * Returns the worker's settings from an environment. It asks for no key that signs tokens.
 * @throws {SettingsError} with every problem at once, each with its fix
 */
export function readWorkerSettings(env: Record<string, string | undefined>): WorkerSettings {
  return readSettings(workerSettings, env)
}
