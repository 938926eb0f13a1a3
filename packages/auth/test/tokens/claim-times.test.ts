import { expect, test } from 'vitest'
import { AuthError } from '../../src/errors.ts'
import { readAuthSettings } from '../../src/settings/settings.ts'
import { createTokens } from '../../src/tokens/tokens.ts'
import { secretKey, signJwt } from '../support/jwt.ts'

const now = 1_800_000_000
const userless = { token_type: 'access', jti: 'a', exp: now + 60 }

/** Returns 'accepted', or the code that a token with these claims more is refused with. */
async function judge(claims: object, env: Record<string, string> = {}, time = now): Promise<string> {
  const settings = readAuthSettings({ SECRET_KEY: secretKey, ...env })
  const tokens = await createTokens(settings, () => new Date(time * 1000))
  try {
    await tokens.verifyUntyped(signJwt({ ...userless, ...claims }))
    return 'accepted'
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    return error.code
  }
}

test.each([
  ['0s', 0],
  ['30s', 30],
])('the times of a token hold to the second, with LEEWAY=%s', async (LEEWAY, seconds) => {
  const env = { LEEWAY }
  for (const time of [now, now + 0.9]) {
    expect(await judge({ exp: now - seconds + 1 }, env, time)).toBe('accepted')
    expect(await judge({ exp: now - seconds }, env, time)).toBe('token_expired')
    expect(await judge({ nbf: now + seconds }, env, time)).toBe('accepted')
    expect(await judge({ nbf: now + seconds + 1 }, env, time)).toBe('token_invalid')
  }
  expect(await judge({ iat: now + seconds }, env)).toBe('accepted')
  expect(await judge({ iat: now + seconds + 0.5 }, env, now + 0.5)).toBe('accepted')
  expect(await judge({ iat: now + seconds + 0.6 }, env, now + 0.5)).toBe('token_invalid')
})

test('a token for several audiences is for each of them', async () => {
  const env = { AUDIENCE: 'flyers' }
  expect(await judge({ aud: ['other', 'flyers'] }, env)).toBe('accepted')
  for (const aud of [['other'], [], 'flyers2', ['flyers2'], undefined])
    expect(await judge({ aud }, env)).toBe('token_invalid')
  expect(await judge({ aud: 'other' })).toBe('accepted')
})

test('a token of 8,192 bytes is read, a longer one is not', async () => {
  const settings = readAuthSettings({ SECRET_KEY: secretKey })
  const tokens = await createTokens(settings, () => new Date(now * 1000))
  const tokenOf = (length: number) => signJwt({ ...userless, filler: 'x'.repeat(length) })
  let length = 6000
  while (tokenOf(length + 1).length <= 8192) length += 1
  expect(tokenOf(length)).toHaveLength(8192)
  expect(await tokens.verifyUntyped(tokenOf(length))).toMatchObject({ jti: 'a' })
  await expect(tokens.verifyUntyped(tokenOf(length + 1))).rejects.toMatchObject({ code: 'token_invalid' })
})
