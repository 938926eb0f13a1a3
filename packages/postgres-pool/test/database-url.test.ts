import { expect, test } from 'vitest'
import { databaseAddress, findDatabaseUrlProblem, parseDatabaseUrl } from '../src/index.ts'

test('a URL of one host is read as libpq reads it', () => {
  expect(
    parseDatabaseUrl('postgres://ada:se%23same@db.example:6432/acc%2Founts?application_name=a+b'),
  ).toEqual({
    hosts: [{ host: 'db.example', port: 6432 }],
    config: { user: 'ada', password: 'se#same', database: 'acc/ounts', application_name: 'a+b' },
    needsWrites: true,
    connectTimeoutMs: undefined,
  })
})

test('hosts in a list keep their order, each with its own port', () => {
  for (const [list, hosts] of [
    [
      'one,two',
      [
        ['one', undefined],
        ['two', undefined],
      ],
    ],
    [
      'one:5432,two:5433',
      [
        ['one', 5432],
        ['two', 5433],
      ],
    ],
    [
      'one,:5433',
      [
        ['one', undefined],
        [undefined, 5433],
      ],
    ],
    [
      '[::1]:5432,[2001:db8::2]',
      [
        ['::1', 5432],
        ['2001:db8::2', undefined],
      ],
    ],
    ['', [[undefined, undefined]]],
    ['%2Frun%2Fpostgresql', [['/run/postgresql', undefined]]],
  ] as const) {
    const expected = hosts.map(([host, port]) => ({ host, port }))
    expect(parseDatabaseUrl(`postgres://ada:x@${list}/accounts`).hosts).toEqual(expected)
  }
})

test('hosts, ports, user, password and database may be parameters', () => {
  const url = 'postgresql:///?host=one,::1&port=5432,5433&user=ada&password=a%26b&dbname=accounts'
  expect(parseDatabaseUrl(url)).toMatchObject({
    hosts: [
      { host: 'one', port: 5432 },
      { host: '::1', port: 5433 },
    ],
    config: { user: 'ada', password: 'a&b', database: 'accounts' },
  })
  const onePort = parseDatabaseUrl('postgres:///accounts?host=one,two&port=6432')
  expect(onePort.hosts.map(({ port }) => port)).toEqual([6432, 6432])
})

test.for([
  ['any', false],
  ['read-write', true],
  ['primary', true],
] as const)('target_session_attrs=%s asks for writes: %s', ([value, needsWrites]) => {
  const url = `postgres://one,two/a?target_session_attrs=${value}`
  expect(parseDatabaseUrl(url).needsWrites).toBe(needsWrites)
})

test('TLS is as node-postgres has it, for every host', () => {
  const tlsOf = (query: string) => parseDatabaseUrl(`postgres://one,two/a?${query}`).config.ssl
  expect(tlsOf('sslmode=verify-full')).toEqual({})
  expect(tlsOf('sslmode=no-verify')).toEqual({ rejectUnauthorized: false })
  expect(tlsOf('sslmode=disable')).toBe(false)
  expect(tlsOf('sslmode=verify-full&sslrootcert=system')).toEqual({})
  expect(tlsOf('ssl=true')).toBe(true)
  expect(tlsOf('ssl=false')).toBe(false)
  expect(tlsOf('channel_binding=require')).toBeUndefined()
})

const sesame = 'open5esame'

test.for([
  ['mysql://ada:open5esame@h/a', 'must begin with postgres:// or postgresql://'],
  ['open5esame', 'must begin with postgres://'],
  ['postgres://ada:open#5esame@h/a', 'write # as %23'],
  ['postgres://ada:open/5esame@h/a', '/ as %2F'],
  ['postgres://ada:open?5esame@h/a', '? as %3F'],
  ['postgres://ada:open@5esame@h/a', '@ as %40'],
  ['postgres://ada:open%zzsame@h/a', 'write % as %25'],
  ['postgres://ada:open5esame%@h/a', 'write % as %25'],
  ['postgres://ada:open%FFsame@h/a', 'no UTF-8'],
  ['postgres://ada:open 5esame@h/a', 'write a space as %20'],
  ['postgres://ada:open5esame@h/a\n', 'white space'],
  ['postgres://ada:open5esame/a', 'port that is no number from 1 to 65535'],
  ['postgres://ada:open5esame@h:0/a', 'port that is no number from 1 to 65535'],
  ['postgres://ada:open5esame@h:70000/a', 'port that is no number from 1 to 65535'],
  ['postgres://ada:open5esame@h:http/a', 'port that is no number from 1 to 65535'],
  ['postgres://ada:open5esame@h:5432:5433/a', 'port that is no number from 1 to 65535'],
  ['postgres://ada:open5esame@h,i:-1/a', 'port that is no number from 1 to 65535'],
  ['postgres://ada:open5esame@::1/a', 'port that is no number'],
  ['postgres://ada:open5esame@[nine]/a', 'IPv6 address stands in [ ]'],
  ['postgres://ada:open5esame@h$/a', 'has a host that cannot be one'],
  ['postgres://ada:open5esame@h', 'names no database'],
  ['postgres://ada:open5esame@h/', 'names no database'],
  ['postgres://ada:open5esame@h/?sslmode=disable', 'names no database'],
  ['postgres://ada:open5esame@h/a/b', 'write / in it as %2F'],
  ['postgres://ada:open5esame@h/a?sslmode=on', 'sslmode that is none of disable, prefer, require'],
  ['postgres://ada:open5esame@h/a?ssl_mode=require', 'parameter ssl_mode, which is not known'],
  ['postgres://ada:open5esame@h/a?ssl=maybe', 'ssl that is none of'],
  ['postgres://ada:open5esame@h/a?sslmode=verify-full&sslrootcert=/none', 'sslrootcert'],
  [
    'postgres://ada:open5esame@h/a?target_session_attrs=standby',
    'target_session_attrs that is none of any, read-write',
  ],
  ['postgres://ada:open5esame@h/a?load_balance_hosts=random', 'load_balance_hosts that is none of disable'],
  ['postgres://ada:open5esame@h/a?connect_timeout=0', 'connect_timeout that is no whole number above 0'],
  ['postgres://h,i/a?port=1,2,3', 'another number of ports than of hosts'],
  ['postgres://h/a?port=0', 'port that is no number from 1 to 65535'],
  ['postgres://h/a?user=ada&password=open&5esame=', 'has a parameter that is not known'],
] as const)('%j is refused with its fix, and without the password', ([url, fix]) => {
  const problem = findDatabaseUrlProblem(url) ?? ''
  expect(problem).toContain(fix)
  for (const part of [sesame, 'open', '5esame']) expect(problem).not.toContain(part)
})

test('a password may hold unescaped characters and every escape', () => {
  for (const password of ['a:b', 'a+b', 'a&b=c', "a'b;c", 'ä', 'a[b]c', 'a\\b', 'a,b', '$!*()_~.-']) {
    expect(parseDatabaseUrl(`postgres://ada:${password}@h/a`).config.password).toBe(password)
  }
  const everything = Array.from({ length: 94 }, (_, index) => String.fromCodePoint(33 + index)).join('')
  const escaped = encodeURIComponent(everything)
  expect(parseDatabaseUrl(`postgres://ada:${escaped}@h/a`).config.password).toBe(everything)
})

test('an address that is shown has every host and no password', () => {
  expect(databaseAddress('postgres://ada:sesame@one,[::1]:5433/a')).toBe('one:5432, [::1]:5433')
  expect(databaseAddress('postgres:///a')).toBe('localhost:5432')
})
