import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    isolate: false,
    experimental: { viteModuleRunner: false },
    include: ['test/*.{test,proof}.ts'],
    maxWorkers: '50%',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    coverage: { provider: 'v8', include: ['src/**'], thresholds: { lines: 90 } },
  },
})
