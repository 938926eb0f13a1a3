import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { isolate: false, include: ['test/*.{test,proof}.ts'], testTimeout: 400_000, hookTimeout: 60_000 },
})
