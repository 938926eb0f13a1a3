import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { AuthError } from '../../src/errors.ts'
import { readAuthSettings } from '../../src/settings/settings.ts'
import { createTokens } from '../../src/tokens/tokens.ts'
import { secretKey, signJwt } from '../support/jwt.ts'

const now = 1_800_000_000
const userless = { token_type: 'access', jti: 'a', exp: now + 60 }

interface World {
  env?: Record<string, string>
  /** Epoch seconds. Default: `now`. */
  time?: number
  /** Default: the one that this service writes; jose reads any other. */
  header?: string
}

/** Returns 'accepted', or the code that a token with these claims more is refused with. */
async function judge(claims: object, { env = {}, time = now, header = ours }: World = {}): Promise<string> {
  const settings = readAuthSettings({ SECRET_KEY: secretKey, ...env })
  const tokens = await createTokens(settings, () => new Date(time * 1000))
  const payload = JSON.stringify({ ...userless, ...claims })
  const content = [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.')
  const signature = createHmac('sha256', secretKey).update(content).digest('base64url')
  try {
    await tokens.verifyUntyped(`${content}.${signature}`)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    return error.code
  }
}

const ours = '{"alg":"HS256","typ":"JWT"}'
const respelled = '{"typ":"JWT","alg":"HS256"}'

test.each([
  ['0s', 0, ours],
  ['30s', 30, ours],
  ['0s', 0, respelled],
  ['30s', 30, respelled],
])('the times of a token hold to the second, LEEWAY=%s (%i s) for %s', async (LEEWAY, seconds, header) => {
  const env = { LEEWAY }
  for (const time of [now, now + 0.9]) {
    const world = { env, time, header }
    expect(await judge({ exp: now - seconds + 1 }, world)).toBe('accepted')
    expect(await judge({ exp: now - seconds }, world)).toBe('token_expired')
    expect(await judge({ nbf: now + seconds }, world)).toBe('accepted')
    expect(await judge({ nbf: now + seconds + 1 }, world)).toBe('token_invalid')
  }
  const world = { env, time: now + 0.5, header }
  expect(await judge({ iat: now + seconds }, { env, header })).toBe('accepted')
  expect(await judge({ iat: now + seconds + 0.5 }, world)).toBe('accepted')
  expect(await judge({ iat: now + seconds + 0.6 }, world)).toBe('token_invalid')
})

test('a token for several audiences is for each of them', async () => {
  const env = { AUDIENCE: 'flyers' }
  expect(await judge({ aud: ['other', 'flyers'] }, { env })).toBe('accepted')
  for (const aud of [['other'], [], 'flyers2', ['flyers2'], undefined])
    expect(await judge({ aud }, { env })).toBe('token_invalid')
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

test('an untyped token says whether it is a refresh token', async () => {
  const tokens = await createTokens(readAuthSettings({ SECRET_KEY: secretKey }), () => new Date(now * 1000))
  const verify = (token_type: string) =>
    tokens.verifyUntyped(signJwt({ ...userless, token_type, user_id: 7 }))
  expect(await verify('refresh')).toMatchObject({ isRefresh: true, userId: 7, jti: 'a' })
  expect(await verify('access')).toMatchObject({ isRefresh: false, userId: 7, jti: 'a' })
})
