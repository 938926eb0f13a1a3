import { expect, test } from 'vitest'
import { generationMax, isCompact, readBearerToken, readClaims } from '../src/claims/index.ts'

const sid = '5b3f1c2e-6f1d-4c3a-9c3e-1f2a3b4c5d6e'
const payload = {
  gen: 3,
  sid,
  email: 'ida@example.com',
  user_id: 7,
  jti: 'a',
  iat: 1,
  exp: 2,
  token_type: 'access',
}

test('claims come out in their order, and nothing else does', () => {
  const claims = readClaims({ ...payload, roles: ['admin'] }, 'access')
  expect(claims).toEqual({ ...payload })
  expect(Object.keys(claims)).toEqual(['token_type', 'exp', 'iat', 'jti', 'user_id', 'email', 'sid', 'gen'])
})

test('a token of the Django service names no session', () => {
  const { exp, jti, token_type } = payload
  expect(readClaims({ exp, jti, token_type, user_id: '12' }, 'access')).toEqual({
    token_type,
    exp,
    jti,
    user_id: 12,
  })
})

test.each([
  ['token_without_expiry', { exp: undefined, jti: undefined }],
  ['token_without_id', { jti: undefined, token_type: undefined }],
  ['token_without_type', { token_type: undefined, user_id: undefined }],
  ['token_wrong_type', { token_type: 'refresh', user_id: undefined }],
  ['token_without_user', { user_id: undefined, sid: 'x' }],
  ['user_not_found', { user_id: 1.5 }],
  ['user_not_found', { user_id: '1e3' }],
  ['token_invalid', { exp: Infinity }],
  ['token_invalid', { iat: '1' }],
  ['token_invalid', { nbf: null }],
  ['token_invalid', { sub: 7 }],
  ['token_invalid', { jti: 7 }],
  ['token_invalid', { sid: 'x' }],
  ['token_invalid', { sid: sid.replace('-4', '-9') }],
  ['token_invalid', { gen: -1 }],
  ['token_invalid', { gen: 1.5 }],
  ['token_invalid', { gen: null }],
  ['token_invalid', { gen: generationMax + 1 }],
])('claims are refused with %s when they have %j', (refused, change) => {
  expect(readClaims({ ...payload, ...change }, 'access')).toEqual({ refused })
})

test.each([
  ['bEaReR  abc', { token: 'abc' }],
  [null, { refused: 'not_authenticated' }],
  ['', { refused: 'not_authenticated' }],
  ['Basic abc', { refused: 'not_authenticated' }],
  ['Bearer', { refused: 'bad_authorization_header' }],
  ['Bearer a b', { refused: 'bad_authorization_header' }],
])('the header %j is read as %j', (header, read) => {
  expect(readBearerToken(header)).toEqual(read)
})

test('a token has one spelling', () => {
  expect(['aa.aa.AA', 'AA.AA.AB', 'AA.AA.AA=', 'AA.AA', 'AA.AA.AA'].filter(isCompact)).toEqual(['AA.AA.AA'])
})
