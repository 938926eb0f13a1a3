import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'test/migrated.setup.ts',
    isolate: false,
    experimental: { viteModuleRunner: false },
    include: ['test/**/*.{test,proof}.ts'],
    // Concurrent cases each wait for a timeout of the server.
    maxConcurrency: 32,
    maxWorkers: '50%',
    testTimeout: 240_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
