import { defineConfig } from 'vitest/config'

/**
 * What needs no browser and no built page: `unit/`. The modules of Next.js need its own environment
 * to be there first.
 */
export default defineConfig({
  test: { include: ['unit/*.test.{ts,tsx}'], setupFiles: ['next/dist/server/node-environment-baseline.js'] },
})
