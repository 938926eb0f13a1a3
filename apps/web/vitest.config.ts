import { defineConfig } from 'vitest/config'

/**
 * The tests without a browser or a built page: `unit/`. The modules of Next.js need its environment
 * first.
 */
export default defineConfig({
  test: {
    include: ['unit/*.test.{ts,tsx}'],
    // One process for all files, at a third of the time of one for each.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    setupFiles: ['unit/modules.setup.ts', 'next/dist/server/node-environment-baseline.js'],
  },
})
