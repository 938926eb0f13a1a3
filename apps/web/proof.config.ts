import { defineConfig, devices } from '@playwright/test'
import browserTests from './playwright.config.ts'
import { findChromium } from '@pockitflyer/testing/chromium'

/** The browser tests that take longer: `pnpm test:proof`. */
export default defineConfig(browserTests, {
  testMatch: '*.proof.ts',
  use: {
    viewport: devices['Desktop Chrome'].viewport,
    contextOptions: { reducedMotion: 'no-preference' },
    launchOptions: await findChromium(),
  },
})
