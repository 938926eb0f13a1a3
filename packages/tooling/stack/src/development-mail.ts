import type { DevelopmentKeys } from './development-keys.ts'
import { findFreePort } from './ports.ts'
import { inboxService, workerService } from './programs.ts'
import type { Services } from './services.ts'

/** The server that mails go to, and the page that shows them. */
export interface Inbox {
  smtpUrl: string
  /** `undefined`: the server is the one in `SMTP_URL`. */
  url: string | undefined
  isReady: Promise<void>
}

/**
 * Starts the inbox of development, at the first free ports from `INBOX_PORT` (default 1080) and
 * `INBOX_SMTP_PORT` (default 1025) on. With `SMTP_URL` it starts none.
 */
export async function startInbox(services: Services, env: NodeJS.ProcessEnv): Promise<Inbox> {
  const given = env['SMTP_URL']
  if (given) return { smtpUrl: given, url: undefined, isReady: Promise.resolve() }
  const smtpPort = await findFreePort(Number(env['INBOX_SMTP_PORT'] || 1025))
  const port = await findFreePort(Number(env['INBOX_PORT'] || 1080))
  const inbox = inboxService({
    ...env,
    INBOX_SMTP_PORT: String(smtpPort),
    INBOX_PORT: String(port),
  })
  const isReady = services.start(inbox, '/api/healthz')
  isReady.catch(() => {}) // The caller awaits it later.
  return { smtpUrl: `smtp://127.0.0.1:${smtpPort}?insecure`, url: inbox.url, isReady }
}

/** The settings that the API and the worker share. */
export interface MailEnvironment {
  databaseUrl: string
  keys: DevelopmentKeys
  smtpUrl: string
}

/** Starts the worker, whose mails lead to the web app at `publicUrl`. */
export async function startWorker(
  services: Services,
  { databaseUrl, keys, smtpUrl }: MailEnvironment,
  { publicUrl, env }: { publicUrl: string; env: NodeJS.ProcessEnv },
): Promise<void> {
  const port = await findFreePort(Number(env['WORKER_PORT'] || 8200))
  const worker = workerService({
    LOG_LEVEL: 'warn',
    MAIL_FROM: 'Pockitflyer <accounts@pockitflyer.test>',
    PUBLIC_URL: publicUrl,
    ...env,
    NODE_ENV: 'development',
    MAIL_KEY: keys.MAIL_KEY,
    SMTP_URL: smtpUrl,
    DATABASE_URL: databaseUrl,
    WORKER_HOST: '127.0.0.1',
    WORKER_PORT: String(port),
  })
  await services.start(worker, '/readyz')
}
