import { Hono } from 'hono'
import { addProbes, type Probes } from './probes.ts'
import type { RunningServer } from './process.ts'
import { serveHttp, type ServeOptions } from './serve-http.ts'

interface HealthOptions
  extends Omit<Probes, 'isStopping'>,
    Pick<ServeOptions, 'host' | 'port' | 'portSetting' | 'release'> {
  /** Finishes the work when a stop begins. Meanwhile `/healthz` answers 200 and `/readyz` 503. */
  finish: () => Promise<void>
}

/**
 * Serves the two probes, for a process that answers nothing else: one that runs jobs.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 * @example
 * await runServer({
 *   name: 'the worker',
 *   readSettings: () => readSettings(workerSettings, env),
 *   createLog,
 *   async start(settings, log) {
 *     const watch = await startWatch({ ...settings, prefix: 'worker', log })
 *     const runner = await startJobs(settings, watch)
 *     const health = await serveHealth({
 *       ...settings,
 *       portSetting: 'PORT',
 *       findPendingMigrations,
 *       migrate: 'pnpm auth migrate',
 *       finish: () => runner.stop(),
 *       release: () => watch.stop(),
 *     })
 *     return { ...health, metricsUrl: watch.metricsUrl }
 *   },
 * })
 */
export async function serveHealth(options: HealthOptions): Promise<RunningServer> {
  const { finish, findPendingMigrations, migrate, ...address } = options
  let isStopping = false
  const app = new Hono()
  addProbes(app, { findPendingMigrations, migrate, isStopping: () => isStopping })
  app.notFound((c) => c.json({ detail: 'Not found.' }, 404))
  return serveHttp({
    ...address,
    fetch: app.fetch,
    requestTimeoutSeconds: 15,
    keepAliveTimeoutSeconds: 80,
    headers: { 'X-Content-Type-Options': 'nosniff' },
    async beforeStop() {
      isStopping = true
      await finish()
    },
  })
}
