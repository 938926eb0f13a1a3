import { defineConfig } from 'vitest/config'

/** The suites that run on Citus too, in copies of a distributed database. */
const suites = [
  'test/{accounts,mails,sessions,tokens}/**/*.test.ts',
  'test/throttle/{limits,login-throttle}.test.ts',
  'test/db/{citus*,named-user}.test.ts',
  'test/admin/*.test.ts',
]

/** It makes triggers, which a distributed table cannot have. */
const exclude = ['test/accounts/read-only.test.ts']

const isThere = process.env['CITUS_DATABASE_URL'] !== undefined
if (!isThere) process.stdout.write('CITUS_DATABASE_URL is not set: the suites on Citus are skipped\n')

export default defineConfig({
  test: {
    globalSetup: isThere ? ['test/support/citus.setup.ts'] : [],
    isolate: false,
    include: isThere ? suites : [],
    exclude,
    passWithNoTests: true,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
