import { describe, expect, test } from 'vitest'
import { createAuthClient } from '../src/index.ts'
import { createRevocationCheck } from '../src/revocation.ts'
import { createVerifier } from '../src/verifier/index.ts'

/** What a number can be and hardly should. */
const odd = {
  '0': 0,
  '-1': -1,
  'a fraction': 0.5,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '2^31': 2 ** 31,
}

const url = 'https://accounts.test/api/trpc'
const jwksUrl = 'https://accounts.test/.well-known/jwks.json'

/** For each option which of these it accepts; the others are a TypeError where it is set. */
const options: Record<string, [create: (value: number) => unknown, accepted: (keyof typeof odd)[]]> = {
  'timeoutMs of the client': [(timeoutMs) => createAuthClient({ url, timeoutMs }), ['Infinity', '2^31']],
  'timeoutMs of the revocation check': [
    (timeoutMs) => createRevocationCheck({ url, timeoutMs }),
    ['Infinity', '2^31'],
  ],
  cacheMaxEntries: [(cacheMaxEntries) => createRevocationCheck({ url, cacheMaxEntries }), ['0', '2^31']],
  cacheSeconds: [(cacheSeconds) => createRevocationCheck({ url, cacheSeconds }), ['0', 'a fraction']],
  leeway: [(leeway) => createVerifier({ jwksUrl, leeway }), ['0', 'a fraction']],
  keysMaxAge: [(keysMaxAge) => createVerifier({ jwksUrl, keysMaxAge }), ['0', 'a fraction']],
  keysCooldown: [(keysCooldown) => createVerifier({ jwksUrl, keysCooldown }), ['0', 'a fraction']],
  keysStaleIfError: [
    (keysStaleIfError) => createVerifier({ jwksUrl, keysStaleIfError }),
    ['0', 'a fraction'],
  ],
}

function outcomeOf(create: () => unknown): string {
  try {
    create()
    return 'accepted'
  } catch (error) {
    return error instanceof TypeError ? 'TypeError' : String(error)
  }
}

describe.each(Object.entries(options))('%s', (_, [create, accepted]) => {
  test.each(Object.entries(odd))('of %s is accepted or a TypeError, as documented', (name, value) => {
    const isAccepted = accepted.some((one) => one === name)
    expect(outcomeOf(() => create(value))).toBe(isAccepted ? 'accepted' : 'TypeError')
  })

  test('of text is a TypeError', () => {
    // @ts-expect-error a caller without types, whose value comes from the environment
    expect(() => create('10')).toThrow(TypeError)
  })
})

test.each([
  ['cacheSeconds', 86_400, (value: number) => createRevocationCheck({ url, cacheSeconds: value })],
  ['leeway', 3600, (value: number) => createVerifier({ jwksUrl, leeway: value })],
  ['keysMaxAge', 31_536_000, (value: number) => createVerifier({ jwksUrl, keysMaxAge: value })],
  ['keysCooldown', 3600, (value: number) => createVerifier({ jwksUrl, keysCooldown: value })],
  ['keysStaleIfError', 31_536_000, (value: number) => createVerifier({ jwksUrl, keysStaleIfError: value })],
])('%s ends at %d, and the message names both', (name, most, create) => {
  expect(() => create(most)).not.toThrow()
  expect(() => create(most + 1)).toThrow(`${name} must be a number from 0 to ${most}, not ${most + 1}.`)
})

test('an empty issuer or audience, which would check nothing, is a TypeError', () => {
  const secret = 'x'.repeat(32)
  expect(() => createVerifier({ secret, issuer: '' })).toThrow(TypeError)
  expect(() => createVerifier({ secret, audience: '' })).toThrow(TypeError)
})

test.each([Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 40])(
  'a time limit of %d ms waits for a slow service',
  async (timeoutMs) => {
    const answer = [{ result: { data: { registration: true } } }]
    const fetch = async () =>
      new Promise<Response>((resolve) => {
        setTimeout(() => resolve(Response.json(answer)), 20)
      })
    const client = createAuthClient({ url, timeoutMs, fetch })
    expect(await client.auth.policy.query()).toEqual({ registration: true })
  },
)

test('a number out of range is refused by name, kind and range', () => {
  expect(() => createRevocationCheck({ url, cacheMaxEntries: 0.5 })).toThrow(
    'cacheMaxEntries must be an integer from 0 to 9007199254740991, not 0.5.',
  )
  expect(() => createVerifier({ jwksUrl, leeway: -1 })).toThrow(
    'leeway must be a number from 0 to 3600, not -1.',
  )
})
