import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { expect, onTestFinished, test } from 'vitest'
import { startTestFlyers } from './start-test-flyers.ts'

test('requests, statements and the pool are measured at METRICS_PORT', async () => {
  const database = await createTestDatabase()
  const flyers = await startTestFlyers(database.url, 'http://127.0.0.1:1', { METRICS_PORT: '0' })
  onTestFinished(async () => {
    await flyers.stop()
    await database.drop()
  })
  await fetch(`${flyers.url}/api/flyers/mine`)
  await fetch(`${flyers.url}/api/trpc/flyers.mine`)
  expect((await fetch(`${flyers.url}/readyz`)).status).toBe(200)
  const text = await (await fetch(flyers.metricsUrl ?? '')).text()
  const requests = 'flyers_http_request_duration_seconds_count'
  expect(text).toContain(`${requests}{method="GET",route="/api/flyers/mine",status="401"} 1\n`)
  expect(text).toContain(`${requests}{method="GET",route="/api/trpc/*",status="401"} 1\n`)
  expect(text).toMatch(/^flyers_database_statement_duration_seconds_count\{outcome="ok"\} [1-9]/m)
  expect(text).toMatch(/^flyers_database_connections\{state="idle"\} [1-9]/m)
})
