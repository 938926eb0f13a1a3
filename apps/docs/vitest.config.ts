import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['test/*.proof.ts'], testTimeout: 60_000 } })
