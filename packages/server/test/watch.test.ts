import { createServer } from 'node:http'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { readSettings } from '../src/settings/index.ts'
import { watchSettings } from '../src/settings/watch-settings.ts'
import { createLog } from '../src/log.ts'
import { listen } from '../src/listen.ts'
import { startWatch } from '../src/watch/index.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

async function start(env: Record<string, string>) {
  const { metrics, traces } = readSettings(watchSettings('worker'), env)
  const watch = await startWatch({ metrics, traces, prefix: 'worker', log: createLog('silent') })
  onTestFinished(() => watch.stop())
  return watch
}

/** A collector that keeps the bodies of what it is sent. */
async function startCollector() {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      bodies.push(body)
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}')
    })
  })
  const port = await listen(server, { host: '127.0.0.1', port: 0, portSetting: '' })
  onTestFinished(async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  })
  return { url: `http://127.0.0.1:${port}`, text: () => bodies.join('\n') }
}

test('a job is counted by its name and outcome', async () => {
  const watch = await start({ METRICS_PORT: '0' })
  expect(await watch.watchJob({ name: 'mail' }, async () => pause(1, 'sent'))).toBe('sent')
  await expect(watch.watchJob({ name: 'mail' }, () => Promise.reject(new Error('refused')))).rejects.toThrow(
    'refused',
  )
  const text = await (await fetch(watch.metricsUrl ?? '')).text()
  expect(text).toContain('worker_job_duration_seconds_count{task="mail",outcome="ok"} 1\n')
  expect(text).toContain('worker_job_duration_seconds_count{task="mail",outcome="failed"} 1\n')
})

test('the process is measured: its event loop and its memory', async () => {
  const { metricsUrl } = await start({ METRICS_PORT: '0' })
  const text = await (await fetch(metricsUrl ?? '')).text()
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds \d/m)
  expect(text).toMatch(/^process_resident_memory_bytes \d/m)
})

test("a job's span joins its cause's trace, with its statements", async () => {
  const collector = await startCollector()
  const watch = await start({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    METRICS_PORT: '0',
  })
  await watch.watchJob({ name: 'mail', traceparent: `00-${traceId}-00f067aa0ba902b7-01` }, async () =>
    watch.onStatement({ sql: 'select 1', durationMs: 1, errorCode: undefined }),
  )
  await watch.stop()
  expect(collector.text().match(/"traceId":"(\w+)"/g)).toEqual(
    Array.from({ length: 2 }, () => `"traceId":"${traceId}"`),
  )
  for (const name of ['"mail"', '"select"', '"worker"']) expect(collector.text()).toContain(name)
})

test('without settings nothing is counted, and a job runs', async () => {
  const watch = await start({})
  expect([watch.metricsUrl, watch.registry, watch.watchRequests]).toEqual([undefined, undefined, []])
  expect(await watch.watchJob({ name: 'mail' }, () => Promise.resolve('sent'))).toBe('sent')
})
