import { defineConfig } from '@playwright/test'
import browserTests from './playwright.config.ts'

/** The browser tests that take longer: `pnpm test:proof`. */
export default defineConfig(browserTests, { testMatch: '*.proof.ts' })
