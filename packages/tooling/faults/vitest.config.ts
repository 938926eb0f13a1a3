import { defineConfig } from 'vitest/config'

/** Runs one fault at a time, because each is measured. */
export default defineConfig({
  test: {
    globalSetup: ['test/migrated.setup.ts', 'test/report.setup.ts'],
    isolate: false,
    include: ['test/*.{test,proof,long}.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
