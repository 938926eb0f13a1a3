import { defineConfig } from 'vitest/config'

/**
 * A test that starts the whole stack and restarts a program waits twice: more than the sum of both
 * limits of `until`.
 */
export default defineConfig({
  test: {
    isolate: false,
    include: ['test/**/*.{test,proof,long}.ts'],
    testTimeout: 480_000,
    hookTimeout: 240_000,
  },
})
