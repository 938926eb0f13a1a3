import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { exitOnFailure, listen, stopOnSignal, urlOf, answerUnreadableRequests } from '@pockitflyer/server'
import next from 'next'
import { z } from 'zod'
import { type Environment, getEnvironment } from './environment.ts'
import { createListener } from './front/listener.ts'
import { headersOfPages } from './security/fixed-headers.ts'

type Handle = ReturnType<ReturnType<typeof next>['getRequestHandler']>

/** Longest time that running requests may take after SIGTERM, in milliseconds. */
const stopLimitMs = 10_000

const dir = fileURLToPath(new URL('..', import.meta.url))

/**
 * Serves the web app in this process behind `front/`: in production Next.js's build, in development
 * the sources.
 */
export async function serve(): Promise<void> {
  await exitOnFailure('the web app', async () => start(getEnvironment()))
}

async function start(environment: Environment): Promise<void> {
  const { isProduction, keepAliveTimeoutMs: keepAliveTimeout } = environment
  const { promise: ready, resolve: setReady } = Promise.withResolvers<Handle>()
  let nextHost = ''
  const listener = createListener({
    environment,
    nextHost: () => nextHost,
    handle: async (request, response) => (await ready)(request, response),
    isReady: async () => void (await ready),
    onForeign: (reason) => process.stderr.write(`A form was refused as another site's: ${reason}.\n`),
  })
  const server = createServer(
    {
      keepAliveTimeout,
      requireHostHeader: false, // Node's own refusal has no body.
      // Next.js leaves an unused upgraded socket open for ever, unanswered, which would block the
      // stop.
      shouldUpgradeCallback: ({ url = '' }) => !isProduction && url.startsWith('/_next/'),
    },
    listener,
  )
  answerUnreadableRequests(server, { headers: Object.fromEntries(headersOfPages(isProduction)) })
  const port = await listen(server, { ...environment, portSetting: 'WEB_PORT' })
  // The names of development's cookies contain the port.
  process.env['WEB_PORT'] = String(port)
  const hostname = reachable(environment.host)
  const url = urlOf({ host: hostname, port })
  nextHost = url.slice('http://'.length)

  if (isProduction) await useBuiltConfig()
  const app = next({ dev: !isProduction, dir, hostname, port, httpServer: server })
  stopOnSignal(async () => {
    await stop(server, isProduction)
    await app.close()
  })
  await app.prepare()
  setReady(app.getRequestHandler())
  process.stdout.write(`The web app listens at ${url}\n`)
}

const built = z.object({ config: z.unknown() })

/**
 * Hands Next.js the configuration of the build, as its own standalone server does. Otherwise it
 * loads a compiler to read `next.config.ts`, at every start.
 * @throws when there is no build
 */
async function useBuiltConfig(): Promise<void> {
  const files = await readFile(join(dir, '.next/required-server-files.json'), 'utf8')
  const { config } = built.parse(JSON.parse(files))
  process.env['__NEXT_PRIVATE_STANDALONE_CONFIG'] = JSON.stringify(config)
}

/**
 * Returns the address at which a server reaches itself: the loopback address where it listens on
 * all.
 */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}

async function stop(server: Server, isProduction: boolean): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  if (!isProduction) server.closeAllConnections()
  setTimeout(() => server.closeAllConnections(), stopLimitMs).unref()
  await closed
}
