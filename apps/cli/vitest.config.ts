import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'test/support/template.setup.ts',
    isolate: false,
    experimental: { viteModuleRunner: false },
    include: ['test/**/*.{test,proof}.ts'],
    maxWorkers: '50%',
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
