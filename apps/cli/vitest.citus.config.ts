import { defineConfig } from 'vitest/config'

const isThere = process.env['CITUS_DATABASE_URL'] !== undefined
if (!isThere) process.stdout.write('CITUS_DATABASE_URL is not set: the commands on Citus are skipped\n')

export default defineConfig({
  test: {
    globalSetup: isThere ? ['test/support/citus.setup.ts'] : [],
    isolate: false,
    include: isThere ? ['test/{mails,sessions,users}/*.test.ts', 'test/database/status.test.ts'] : [],
    passWithNoTests: true,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
