import fc from 'fast-check'
import type { TokenSpec } from '../exchange.ts'

/** Times that a claim may say, away from now by more than two servers can be apart. */
const time = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 60, max: 1_000_000 }).map((n) => ({ secondsFromNow: n })) },
  { weight: 4, arbitrary: fc.integer({ min: -1_000_000, max: -60 }).map((n) => ({ secondsFromNow: n })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, -1, 1e10, 4102444800.5, 1e20, '1', 'soon', '', null, true, [], {}),
  },
)

const futureTime = fc.integer({ min: 60, max: 1_000_000 }).map((n) => ({ secondsFromNow: n }))

const oddValue = fc.constantFrom<unknown>(
  null,
  '',
  0,
  -1,
  1.5,
  true,
  false,
  'x',
  '1',
  ' 1 ',
  '99',
  [],
  {},
  1e20,
  '1e1',
  999,
)

const claims = fc.record(
  {
    token_type: fc.constantFrom<unknown>('access', 'refresh', 'access', 'refresh', 'sliding', null, 1),
    exp: fc.oneof({ weight: 3, arbitrary: futureTime }, { weight: 1, arbitrary: time }),
    iat: time,
    nbf: time,
    user_id: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<unknown>(1, 1, 1, 2, 3, 4, 999, '1', '2') },
      { weight: 1, arbitrary: oddValue },
    ),
    email: fc.constantFrom<unknown>('test@example.com', 'other@example.com', null, 1),
    aud: fc.constantFrom<unknown>('elsewhere', ['a'], null),
    iss: fc.constantFrom<unknown>('elsewhere', 1),
    sub: fc.constantFrom<unknown>('1', 1),
    tenant: fc.jsonValue({ maxDepth: 1 }),
  },
  { requiredKeys: ['token_type'] },
)

const withoutSome = fc.oneof(
  { weight: 5, arbitrary: fc.constant<string[]>([]) },
  {
    weight: 1,
    arbitrary: fc.subarray(['exp', 'iat', 'jti', 'token_type', 'user_id', 'email'], {
      minLength: 1,
      maxLength: 2,
    }),
  },
)

const header = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Record<string, unknown>>(
      { alg: 'HS384' },
      { alg: 'HS512' },
      { alg: 'none' },
      { alg: 'RS256' },
      { alg: 'hs256' },
      { alg: null },
      { alg: 1 },
      { typ: 'at+jwt' },
      { typ: 1 },
      { kid: '1' },
      { cty: 'JWT' },
      { x: 1 },
    ),
  },
)

/** Over 8 KiB it is refused; nearly as long it does not fit into a header of the Django service. */
const length = fc.oneof(
  { weight: 20, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(4000, 8000, 8193, 9000) },
)

const minted: fc.Arbitrary<TokenSpec> = fc.record(
  { mint: claims, without: withoutSome, header, length },
  { requiredKeys: ['mint'] },
)

/**
 * A token as another service mints it, right in everything: it may be logged out without harm to
 * others.
 */
export const freshRefresh: fc.Arbitrary<TokenSpec> = fc.constant({ mint: { token_type: 'refresh' } })

const ownText = fc.constantFrom('{{access}}', '{{refresh}}')

const tampered: fc.Arbitrary<TokenSpec> = fc.oneof(
  fc.record({
    changed: fc.constantFrom<'access' | 'refresh'>('access', 'refresh'),
    claims: fc.constantFrom<Record<string, unknown>[]>(
      { user_id: 3 },
      { exp: 4102444800 },
      { token_type: 'sliding' },
    ),
  }),
  ownText.map((own) => ({ text: `${own}x` })),
  ownText.map((own) => ({ text: `${own}.` })),
  ownText.map((own) => ({ text: `x${own}` })),
  ownText.map((own) => ({ text: `.${own}` })),
  ownText.map((own) => ({ text: `${own}.${own}` })),
)

const garbage: fc.Arbitrary<TokenSpec> = fc
  .oneof(
    fc.constantFrom('garbage', 'a.b.c', '..', '.', 'e30.e30.', 'eyJhbGciOiJub25lIn0.e30.', 'é', '=.=.='),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }).filter((text) => !/[{}]/.test(text)),
  )
  .map((text) => ({ text }))

const weighted = [
  { weight: 6, arbitrary: minted },
  { weight: 2, arbitrary: tampered },
  { weight: 1, arbitrary: garbage },
]

/**
 * A token of any kind, also the server's own. Not to be logged out: what is the server's own serves
 * every request.
 */
export const anyToken: fc.Arbitrary<TokenSpec> = fc.oneof(
  { weight: 3, arbitrary: ownText.map((text) => ({ text })) },
  ...weighted,
)

/** A token of any kind but the server's own refresh token. */
export const foreignToken: fc.Arbitrary<TokenSpec> = fc.oneof(
  { weight: 2, arbitrary: freshRefresh },
  { weight: 1, arbitrary: fc.constant({ text: '{{access}}' }) },
  ...weighted,
)
