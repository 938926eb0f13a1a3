import { expect, test } from 'vitest'
import { decodePayload } from '@pockitflyer/auth-protocol/claims'
import { findTokens, isRefreshDue, isSamePair, isSameSession } from '../../src/client/tokens.ts'

/** A token that says this, without a valid signature. */
function makeToken(claims: unknown): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`
}

function makePair(claims: object, refresh = 'r') {
  return { access: makeToken(claims), refresh, receivedAtMs: 0 }
}

test.each([
  ['a day', 86_400, 86_340],
  ['ten minutes', 600, 540],
  ['a hundred seconds', 100, 90],
  ['ten seconds', 10, 9],
])('a token that lives %s is refreshed when %d of its seconds are %d', (_, lifetime, due) => {
  const pair = makePair({ iat: 1000, exp: 1000 + lifetime })
  expect(isRefreshDue(pair, due * 1000)).toBe(false)
  expect(isRefreshDue(pair, due * 1000 + 1)).toBe(true)
})

test.each([
  ['no end', { iat: 1 }],
  ['no beginning', { exp: 1 }],
  ['an end before its beginning', { iat: 2, exp: 1 }],
  ['an end at its beginning', { iat: 1, exp: 1 }],
  ['an end that is text', { iat: 1, exp: '2' }],
])('a token with %s is never due', (_, claims) => {
  expect(isRefreshDue(makePair(claims), Number.MAX_SAFE_INTEGER)).toBe(false)
})

test('a token without refresh, or no JWT, is never due', () => {
  const { refresh: _, ...pair } = makePair({ iat: 1, exp: 2 })
  expect(isRefreshDue(pair, 10_000)).toBe(false)
  expect(isRefreshDue({ access: 'opaque', refresh: 'r', receivedAtMs: 0 }, 10_000)).toBe(false)
})

test('a pair is the same when both of its tokens are', () => {
  const pair = { access: 'a', refresh: 'r', receivedAtMs: 1 }
  expect(isSamePair({ ...pair, receivedAtMs: 2 }, pair)).toBe(true)
  expect(isSamePair({ ...pair, access: 'b' }, pair)).toBe(false)
  expect(isSamePair({ ...pair, refresh: 's' }, pair)).toBe(false)
  expect(isSamePair(undefined, pair)).toBe(false)
})

test.each([
  ['the same sid', { sid: 'x', user_id: 1 }, { sid: 'x', user_id: 1 }, true],
  ['another sid of the same user', { sid: 'x', user_id: 1 }, { sid: 'y', user_id: 1 }, false],
  ["Django's token and its successor", { user_id: '1' }, { sid: 'x', user_id: 1 }, true],
  ["Django's token and another user's", { user_id: '1' }, { sid: 'x', user_id: 2 }, false],
  ['two tokens of nobody', {}, {}, false],
])('sessions of %s are told apart', (_, one, other, isSame) => {
  expect(isSameSession(makePair(one, 'r1'), makePair(other, 'r2'))).toBe(isSame)
})

test('tokens with one refresh token are of one session, whatever they say', () => {
  expect(isSameSession(makePair({ sid: 'x' }), makePair({ sid: 'y' }))).toBe(true)
  const [one, other] = [
    { access: 'a', receivedAtMs: 0 },
    { access: 'b', receivedAtMs: 0 },
  ]
  expect(isSameSession(one, other)).toBe(false)
})

test('claims are read from base64url, with its own two letters', () => {
  const name = '~~~???>>>ÿÿÿ'
  const token = makeToken({ name: Buffer.from(name).toString('latin1'), sid: 'x' })
  expect(token).toMatch(/-/)
  expect(token).toMatch(/_/)
  expect(decodePayload(token)['sid']).toBe('x')
})

test.each(['', 'a', 'a.b.c', 'a.bnVsbA.c', 'a.MQ.c'])('%j holds no claims', (token) => {
  expect(decodePayload(token)).toEqual({})
})

test('tokens are found only in an answer that holds them', () => {
  expect(findTokens({ access: 'a', refresh: 'r', user: {} })).toEqual({ access: 'a', refresh: 'r' })
  expect(findTokens({ access: 'a', refresh: 1 })).toEqual({ access: 'a' })
  for (const answer of [undefined, null, 'text', {}, { refresh: 'r' }, { access: 1 }]) {
    expect(findTokens(answer)).toBe(undefined)
  }
})
