import { defineConfig } from '@playwright/test'
import browserTests from './playwright.config.ts'
import { launchPackagedChromium } from '@pockitflyer/testing/chromium'

/**
 * Takes the pictures of `screenshots/`, with the servers of the browser tests and one version of
 * Chromium.
 */
export default defineConfig(browserTests, {
  testMatch: '*.screenshots.ts',
  use: { launchOptions: await launchPackagedChromium() },
})
