import { expect, test } from 'vitest'
import { pickAllowed } from '../src/allowed-environment.ts'
import { readEnvironment } from '../src/environment.ts'

const production = { NODE_ENV: 'production' } as const

test('an empty environment has its defaults; empty variables count as absent', () => {
  const empty = {
    WEB_HOST: '',
    WEB_PORT: '',
    API_URL: '',
    FLYERS_URL: '',
    HELP_URL: '',
    TERMS_URL: '',
    PRIVACY_URL: '',
    LANGUAGES: '',
    TRUSTED_PROXIES: '',
    KEEP_ALIVE_TIMEOUT: '',
  }
  for (const variables of [production, { ...production, ...empty }]) {
    const { isTrustedProxy, ...others } = readEnvironment(variables)
    expect(others).toEqual({
      host: '127.0.0.1',
      port: 3000,
      apiUrl: new URL('http://127.0.0.1:8000'),
      flyersUrl: undefined,
      links: { help: undefined, terms: undefined, privacy: undefined },
      languages: ['en', 'de', 'fr', 'es', 'ar'],
      isProduction: true,
      keepAliveTimeoutMs: 80_000,
    })
    expect(isTrustedProxy('127.0.0.1', 0)).toBe(false)
  }
  expect(readEnvironment({ NODE_ENV: 'development' }).isProduction).toBe(false)
  expect(readEnvironment({ NODE_ENV: 'test' }).isProduction).toBe(false)
})

test('an idle connection outlives those of the usual balancers', () => {
  expect(readEnvironment(production).keepAliveTimeoutMs).toBeGreaterThan(75_000)
})

test('every setting is read', () => {
  const { isTrustedProxy, ...others } = readEnvironment({
    ...production,
    WEB_HOST: '::',
    WEB_PORT: '0',
    API_URL: 'https://api.example/base',
    FLYERS_URL: 'http://flyers.example',
    HELP_URL: 'mailto:help@example.com',
    TERMS_URL: 'https://example.com/terms?of=use#top',
    PRIVACY_URL: 'https://example.com/privacy',
    LANGUAGES: 'de, en',
    TRUSTED_PROXIES: ' 10.0.0.0/8 ,loopback,',
    KEEP_ALIVE_TIMEOUT: '5m',
  })
  expect(others).toEqual({
    host: '::',
    port: 0,
    apiUrl: new URL('https://api.example/base'),
    flyersUrl: new URL('http://flyers.example'),
    links: {
      help: 'mailto:help@example.com',
      terms: 'https://example.com/terms?of=use#top',
      privacy: 'https://example.com/privacy',
    },
    languages: ['de', 'en'],
    isProduction: true,
    keepAliveTimeoutMs: 300_000,
  })
  expect(['10.1.2.3', '127.0.0.1', '::1', '11.0.0.1'].map((address) => isTrustedProxy(address, 0))).toEqual([
    true,
    true,
    true,
    false,
  ])
})

test.each([
  ['KEEP_ALIVE_TIMEOUT', '80'],
  ['KEEP_ALIVE_TIMEOUT', '0s'],
  ['KEEP_ALIVE_TIMEOUT', '-1s'],
  ['KEEP_ALIVE_TIMEOUT', '1.5s'],
  ['KEEP_ALIVE_TIMEOUT', '25h'],
  ['KEEP_ALIVE_TIMEOUT', '80ms'],
  ['KEEP_ALIVE_TIMEOUT', '80x'],
  ['WEB_PORT', '65536'],
  ['WEB_PORT', '-1'],
  ['WEB_PORT', '3000x'],
  ['API_URL', 'ftp://api'],
  ['API_URL', '127.0.0.1:8000'],
  ['FLYERS_URL', '//flyers'],
  ['HELP_URL', 'help@example.com'],
  ['HELP_URL', 'javascript:alert(1)'],
  ['HELP_URL', 'http://example.com'],
  ['TERMS_URL', 'mailto:terms@example.com'],
  ['TERMS_URL', '/terms'],
  ['PRIVACY_URL', 'data:text/html,privacy'],
  ['TRUSTED_PROXIES', 'everybody'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readEnvironment({ ...production, [name]: value })).toThrow(`\n  ${name} must be`)
})

test('every wrong setting is told at once', () => {
  const wrong = { ...production, API_URL: 'x', WEB_PORT: 'x', TRUSTED_PROXIES: 'x' }
  expect(() => readEnvironment(wrong)).toThrow(/WEB_PORT must [^]*API_URL must [^]*TRUSTED_PROXIES must /)
})

test('a day is the longest; the shortest is a second', () => {
  const read = (text: string) =>
    readEnvironment({ ...production, KEEP_ALIVE_TIMEOUT: text }).keepAliveTimeoutMs
  expect([read('1s'), read('2h'), read('24h')]).toEqual([1000, 7_200_000, 86_400_000])
})

test('a port of Kubernetes is explained', () => {
  expect(() => readEnvironment({ ...production, WEB_PORT: 'tcp://10.0.0.1:80' })).toThrow(
    'enableServiceLinks: false',
  )
  expect(() => readEnvironment({ ...production, WEB_PORT: 'x' })).not.toThrow('Kubernetes')
})

test('the web app’s environment holds what it needs and nothing else', () => {
  const needed = {
    API_URL: 'a',
    WEB_PORT: '1',
    NODE_ENV: 'production',
    PATH: '/bin',
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: 'k',
  }
  const foreign = {
    SECRET_KEY: 's',
    SIGNING_KEY: 's',
    DATABASE_URL: 'd',
    FLYERS_DATABASE_URL: 'd',
    REDIS_URL: 'r',
    PGPASSWORD: 'p',
    AWS_SECRET_ACCESS_KEY: 'a',
    VERIFYING_KEYS: 'v',
    path: 'x',
    WEB_PORT_: 'x',
  }
  expect(pickAllowed({ ...needed, ...foreign, TZ: undefined })).toEqual(needed)
  const settings = [
    'WEB_HOST',
    'FLYERS_URL',
    'HELP_URL',
    'TERMS_URL',
    'PRIVACY_URL',
    'TRUSTED_PROXIES',
    'KEEP_ALIVE_TIMEOUT',
    'NODE_OPTIONS',
    'NODE_EXTRA_CA_CERTS',
    'TZ',
  ]
  expect(
    Object.keys(pickAllowed(Object.fromEntries(settings.map((name) => [name, 'x'])))).toSorted(),
  ).toEqual(settings.toSorted())
})
