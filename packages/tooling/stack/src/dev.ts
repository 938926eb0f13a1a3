import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect, createAuth, readAuthSettings } from '@pockitflyer/auth'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { connect as connectFlyers } from '@pockitflyer/flyers/database'
import { migrateToLatest as migrateFlyers } from '@pockitflyer/flyers/migrate'
import { startPostgres } from '@pockitflyer/postgres'
import { addDemoUser, demoUser } from './demo-user.ts'
import { type DevelopmentKeys, readOrMakeKeys } from './development-keys.ts'
import { type MailEnvironment, startInbox, startWorker } from './development-mail.ts'
import { createOutput } from './output.ts'
import { requireDatabaseUrls } from './database-urls.ts'
import { findFreePort } from './ports.ts'
import { apiService, checkPorts, flyersService, webService } from './programs.ts'
import { createServices, tell } from './services.ts'
import { renderSummary } from './summary.ts'
import { findOwner, takeOver } from './single-instance.ts'

/**
 * The composition root of development: database, inbox, API, flyers service, web app and worker, as
 * `pnpm dev` starts them.
 */

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const dataDir = process.env['DATA_DIR'] || join(repository, '.data')
const pidFile = join(dataDir, 'dev.pid')

/**
 * Longest time for the programs to stop, in milliseconds: with the database after them, Ctrl-C
 * takes less than two seconds.
 */
const stopLimitMs = 1000

const output = createOutput((text) => process.stdout.write(text))
const services = createServices({
  readyLimitMs: 90_000,
  listen: (program) => output.listen(program),
  onRestart: (what) => say(what),
  onEnd: (how) => void fail(how),
})
let stopDatabase = async () => {}
const say = (text: string) => process.stdout.write(`${text}\n`)

async function startDatabase(): Promise<{ url: string; description: string; isEmbedded: boolean }> {
  const given = process.env['DATABASE_URL']
  if (given !== undefined && given !== '') {
    requireDatabaseUrls({ DATABASE_URL: given })
    return { url: given, description: 'the server in DATABASE_URL', isEmbedded: false }
  }
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), database: 'pockitflyer' })
  stopDatabase = () => postgres.stop()
  return {
    url: postgres.url,
    isEmbedded: true,
    description: `embedded PostgreSQL, kept in ${relative(repository, dataDir) || dataDir}/postgres`,
  }
}

/**
 * Returns whether the demo login exists. A configured server may hold real users, so it gets no
 * user with a public password.
 */
async function prepareAccounts(
  { url, isEmbedded }: { url: string; isEmbedded: boolean },
  keys: DevelopmentKeys,
): Promise<boolean> {
  const db = connect({ url, poolSize: 2 })
  try {
    await migrateToLatest(db)
    if (!isEmbedded) return false
    return await addDemoUser(await createAuth(readAuthSettings({ ...process.env, ...keys }), { db }))
  } finally {
    await db.destroy()
  }
}

async function startApi({ databaseUrl, keys, smtpUrl }: MailEnvironment): Promise<string> {
  const port = await findFreePort(Number(process.env['PORT'] || 8000))
  const api = apiService({
    LOG_LEVEL: 'warn',
    ...process.env,
    NODE_ENV: 'development',
    ...keys,
    SMTP_URL: smtpUrl,
    DATABASE_URL: databaseUrl,
    HOST: process.env['HOST'] || '127.0.0.1',
    PORT: String(port),
  })
  await services.start(api, '/readyz')
  return api.url
}

async function startFlyers(databaseUrl: string, apiUrl: string): Promise<string> {
  const db = connectFlyers({ url: databaseUrl })
  await migrateFlyers(db).finally(() => db.destroy())
  const port = await findFreePort(Number(process.env['FLYERS_PORT'] || 8100))
  const flyers = flyersService(apiUrl, {
    LOG_LEVEL: 'warn',
    ...process.env,
    NODE_ENV: 'development',
    FLYERS_DATABASE_URL: databaseUrl,
    FLYERS_HOST: '127.0.0.1',
    FLYERS_PORT: String(port),
  })
  await services.start(flyers, '/readyz')
  return flyers.url
}

async function startWeb(apiUrl: string, flyersUrl: string): Promise<string> {
  const port = await findFreePort(Number(process.env['WEB_PORT'] || 3000))
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'development',
    API_URL: apiUrl,
    FLYERS_URL: flyersUrl,
    WEB_PORT: String(port),
  }
  const web = webService(apiUrl, env)
  await services.start(web, '/login')
  return web.url
}

let isStopping = false

async function stop(exitCode: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  await services.stop(stopLimitMs)
  await stopDatabase().catch(tell)
  process.exit(exitCode)
}

async function fail(reason: string): Promise<void> {
  if (isStopping) return
  output.show()
  process.stderr.write(`\n${reason}\n`)
  await stop(1)
}

async function main(): Promise<void> {
  const previous = await takeOver(pidFile, 'stack/src/dev.ts')
  if (previous !== undefined)
    say(`Another \`dev\` ran in this checkout (process ${previous}). It was stopped.`)

  checkPorts(process.env)
  const inbox = await startInbox(services, process.env)
  say('Starting PostgreSQL …')
  const database = await startDatabase()
  const keys = await readOrMakeKeys(dataDir)
  const hasDemoUser = await prepareAccounts(database, keys)
  say('Starting the API …')
  const apiEnvironment = { databaseUrl: database.url, keys, smtpUrl: inbox.smtpUrl }
  const apiUrl = await startApi(apiEnvironment)
  say('Starting the flyers service …')
  const flyersUrl = await startFlyers(database.url, apiUrl)
  say('Starting the web app …')
  const webUrl = await startWeb(apiUrl, flyersUrl)
  say('Starting the worker …')
  await startWorker(services, apiEnvironment, { publicUrl: withLocalhost(webUrl), env: process.env })
  await inbox.isReady
  output.showFromNowOn()
  say(
    renderSummary({
      webUrl: withLocalhost(webUrl),
      apiUrl: withLocalhost(apiUrl),
      flyersUrl: withLocalhost(flyersUrl),
      inboxUrl: inbox.url && withLocalhost(inbox.url),
      database: database.description,
      demoUser: hasDemoUser ? demoUser : undefined,
    }),
  )
}

/** The name that people type. */
function withLocalhost(url: string): string {
  return url.replace('127.0.0.1', 'localhost')
}

if (process.env['NODE_ENV'] === 'production') {
  process.stderr.write('`dev` adds a user whose password is public. In production use `pnpm start`.\n')
  process.exit(1)
}
process.on('SIGINT', () => void stop(130))
process.on('SIGTERM', () => {
  const other = findOwner(pidFile)
  if (other !== undefined && other !== process.pid)
    say(`Another \`dev\` began in this checkout (process ${other}): this one stops.`)
  void stop(143)
})
process.on('SIGHUP', () => void stop(129))
await import('./exit-with-parent.ts')
await main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))
