import { defineConfig } from '@playwright/test'
import { findChromium } from '@pockitflyer/testing/chromium'

/**
 * Browser tests against the production build, a real API and a real PostgreSQL:
 * `test/stack-setup.ts` starts them.
 */
export default defineConfig({
  testDir: 'test',
  testMatch: '*.test.ts',
  globalSetup: './test/stack-setup.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  // A loaded machine may miss a timeout once. The list shows which test needed a second try.
  retries: process.env['CI'] ? 1 : 0,
  reporter: 'list',
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    // A quarter of the pixels: without a graphics card, painting them is a sixth of all the work.
    viewport: { width: 640, height: 480 },
    // Frames of a motion are most of what Chromium paints. The proofs see them.
    contextOptions: { reducedMotion: 'reduce' },
    // Pages of one context share a process: each starts in half the time.
    launchOptions: { ...(await findChromium()), args: ['--renderer-process-limit=1'] },
  },
})
