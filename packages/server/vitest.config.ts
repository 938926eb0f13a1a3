import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    isolate: false,
    experimental: { viteModuleRunner: false },
    include: ['test/*.{test,proof}.ts'],
    testTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
