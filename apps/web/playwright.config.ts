import { defineConfig } from '@playwright/test'
import { findChromium } from './test/chromium.ts'

/** Browser tests against the production build, a real API and a real PostgreSQL: `test/stack-setup.ts` starts them. */
export default defineConfig({
  testDir: 'test',
  testMatch: '*.test.ts',
  globalSetup: './test/stack-setup.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: { launchOptions: await findChromium() },
})
