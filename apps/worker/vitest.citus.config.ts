import { defineConfig } from 'vitest/config'

const isThere = process.env['CITUS_DATABASE_URL'] !== undefined
if (!isThere) process.stdout.write('CITUS_DATABASE_URL is not set: the worker on Citus is skipped\n')

export default defineConfig({
  test: {
    globalSetup: isThere ? ['test/citus.setup.ts'] : [],
    isolate: false,
    include: isThere ? ['test/{email-change-mail,metrics,outages,prune,reset-mail}.test.ts'] : [],
    passWithNoTests: true,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
