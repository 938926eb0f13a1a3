import { defineConfig } from 'vitest/config'

/**
 * The tests without a browser or a built page: `unit/`. The modules of Next.js need its environment
 * first.
 */
export default defineConfig({
  test: { include: ['unit/*.test.{ts,tsx}'], setupFiles: ['next/dist/server/node-environment-baseline.js'] },
})
