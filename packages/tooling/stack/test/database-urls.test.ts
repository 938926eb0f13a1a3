import { expect, test } from 'vitest'
import { requireDatabaseUrls } from '../src/database-urls.ts'

test('an unusable URL is named by its setting, without its password', () => {
  const require = () => requireDatabaseUrls({ FLYERS_DATABASE_URL: 'postgres://ada:se@same@localhost/a' })
  expect(require).toThrow('FLYERS_DATABASE_URL has / ? or @ in its user name, password or parameters')
  expect(require).not.toThrow('same')
  requireDatabaseUrls({ FLYERS_DATABASE_URL: undefined, DATABASE_URL: 'postgres://one,two:5433/a' })
})
