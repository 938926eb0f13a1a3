import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'test/support/migrated.setup.ts',
    isolate: false,
    experimental: { viteModuleRunner: false },
    include: ['test/**/*.{test,proof,long}.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
    coverage: { provider: 'v8', include: ['src/**'], thresholds: { lines: 90 } },
  },
})
