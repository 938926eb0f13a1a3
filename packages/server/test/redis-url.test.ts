import { expect, test } from 'vitest'
import { findRedisUrlProblem } from '../src/settings/redis-url.ts'

test.for([
  'redis://127.0.0.1',
  'rediss://:a%23b@r.example:6380/2',
  'redis://user:p@[::1]:6379',
  'redis://h/',
])('%s is the URL of a Redis', (url) => {
  expect(findRedisUrlProblem(url)).toBeUndefined()
})

test.for([
  ['http://:sesame@h', 'must begin with redis:// or rediss://'],
  ['redis://:ses#ame@h', 'write # as %23'],
  ['redis://:ses/ame@h', '/ as %2F'],
  ['redis://:ses?ame@h', '? as %3F'],
  ['redis://:ses@ame@h', '@ as %40'],
  ['redis://:sesame%@h', 'write % as %25'],
  ['redis://:ses ame@h', 'write a space as %20'],
  ['redis://:sesame@h:0', 'port that is no number from 1 to 65535'],
  ['redis://:sesame@h:70000', 'port that is no number from 1 to 65535'],
  ['redis://:sesame@h:one', 'port that is no number from 1 to 65535'],
  ['redis://:sesame@h/accounts', 'databases of Redis are numbers'],
  ['redis://:sesame@h,i', 'names several hosts'],
  ['redis://%2Frun%2Fredis.sock', 'names a socket'],
] as const)('%j is refused with its fix, and without the password', ([url, fix]) => {
  const problem = findRedisUrlProblem(url)
  expect(problem).toContain(fix)
  expect(problem).not.toMatch(/sesame|ses[#/?@]/)
})
