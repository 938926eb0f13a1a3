import { addTestMail } from '@pockitflyer/auth/admin'
import { startSmtp } from '@pockitflyer/testing/smtp'
import { expect, test } from 'vitest'
import { caller, openService, startTestWorker } from './service.ts'

const service = await openService()

test('metrics count mails by outcome and tell how long the oldest waits', async () => {
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
    /^auth_worker_job_duration_seconds_count\{job="send_mail",outcome="failed"\} 1$/m,
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
  expect(smtp.mails.map(({ bytes }) => bytes).every((bytes) => bytes < 5000)).toBe(true)
})
