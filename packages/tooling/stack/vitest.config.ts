import { defineConfig } from 'vitest/config'

/**
 * Two files at once, also on two cores: most of the time they wait for programs to start and stop.
 * A test that starts the whole stack and restarts a program waits twice: more than the sum of both
 * limits of `until`.
 */
export default defineConfig({
  test: {
    isolate: false,
    experimental: { viteModuleRunner: false },
    maxWorkers: 2,
    include: ['test/**/*.{test,proof,long}.ts'],
    testTimeout: 480_000,
    hookTimeout: 240_000,
  },
})
