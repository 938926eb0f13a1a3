import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'test/support/template.setup.ts',
    isolate: false,
    experimental: { viteModuleRunner: false },
    include: ['test/**/*.{test,proof,long}.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
