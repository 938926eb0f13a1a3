import { defineConfig } from 'vitest/config'

/**
 * A test that starts the whole stack and a program of it again waits twice: more than the sum of
 * both, each as `until` has it.
 */
export default defineConfig({
  test: {
    isolate: false,
    include: ['test/**/*.{test,proof}.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
})
