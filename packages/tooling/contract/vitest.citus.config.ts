import { defineConfig } from 'vitest/config'

const isThere = process.env['CITUS_DATABASE_URL'] !== undefined
if (!isThere) process.stdout.write('CITUS_DATABASE_URL is not set: the contract on Citus is skipped\n')

export default defineConfig({
  test: {
    globalSetup: isThere ? ['test/citus.setup.ts'] : [],
    include: isThere ? ['test/replay.test.ts'] : [],
    passWithNoTests: true,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
})
