import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addTestMail } from '@pockitflyer/auth/admin'
import { startSmtp } from '@pockitflyer/testing/smtp'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { caller, openService, startTestWorker } from './service.ts'

const service = await openService()

const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(z.object({ expr: z.string(), annotations: z.object({ action: z.string().min(10) }) })),
    }),
  ),
})

/** The selectors of the alerts: a metric of ours, and its labels that Prometheus does not add. */
async function readSelectors() {
  const { groups } = rules.parse(
    parse(await readFile(join(import.meta.dirname, '../operation/alerts.yaml'), 'utf8')),
  )
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap(({ expr }) => Array.from(expr.matchAll(/\b(auth_\w+)(?:\{(\w+)=)?/g)))
    .map(([, metric = '', label]) => ({ metric, label }))
}

test('metrics count mails, tell the oldest, and suffice the alerts', async () => {
  const gone = await startSmtp()
  await gone.close()
  const { metricsUrl = '' } = await startTestWorker(service.url, {
    SMTP_URL: gone.url,
    METRICS_PORT: '0',
  })
  const read = async () => (await fetch(metricsUrl)).text()
  await addTestMail(service.admin, caller, { email: 'ada@example.com' })
  await expect.poll(read).toMatch(/^auth_mails_total\{template="test",outcome="failed"\} 1$/m)
  expect(await read()).toMatch(/^auth_mails_oldest_waiting_seconds (0\.\d+|[1-9].*)$/m)
  expect(await read()).toMatch(
    /^auth_worker_job_duration_seconds_count\{task="send_mail",outcome="failed"\} 1$/m,
  )
  const smtp = await startSmtp({ port: gone.port })
  await service.skipPauses()
  await expect.poll(read).toMatch(/^auth_mails_total\{template="test",outcome="sent"\} 1$/m)
  expect(await read()).toMatch(/^auth_mails_oldest_waiting_seconds 0$/m)
  expect(smtp.mails.map(({ subject, text }) => [subject, text])).toEqual([
    ['A test mail of Pockitflyer', expect.stringContaining('Mail of Pockitflyer arrives here.')],
  ])
  await service.askReset('nobody@example.com')
  await expect.poll(read).toMatch(/^auth_mails_total\{template="no_account",outcome="sent"\} 1$/m)
  const scraped = await read()
  const selectors = await readSelectors()
  expect(selectors.length).toBeGreaterThan(2)
  for (const { metric, label } of selectors)
    expect(scraped).toMatch(new RegExp(`^${metric}${label === undefined ? '' : `\\{[^}]*${label}=`}`, 'm'))
  expect(smtp.mails.map(({ bytes }) => bytes).every((bytes) => bytes < 5000)).toBe(true)
})
