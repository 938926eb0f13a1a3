import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'test/template.setup.ts',
    isolate: false,
    include: ['test/*.{test,proof}.ts'],
    // The tests mostly wait for processes that they start.
    maxWorkers: 3,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
