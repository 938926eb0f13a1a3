import { defineConfig } from '@playwright/test'
import browserTests from './playwright.config.ts'

/**
 * Runs Lighthouse on every page, with the servers of the browser tests: `pnpm --filter
 * @pockitflyer/web lighthouse`.
 */
export default defineConfig(browserTests, { testMatch: '*.lighthouse.ts', workers: 1, timeout: 300_000 })
