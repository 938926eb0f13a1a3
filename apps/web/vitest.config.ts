import { defineConfig } from 'vitest/config'

/** What needs no browser and no built page: `unit/`. */
export default defineConfig({ test: { include: ['unit/*.test.ts'] } })
