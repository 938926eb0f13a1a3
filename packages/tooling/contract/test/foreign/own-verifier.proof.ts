import { createVerifier, TokenError } from '@pockitflyer/auth-client/verifier'
import { testSecretKey } from '@pockitflyer/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { readClaims } from '../../src/tokens.ts'
import { forge } from './forgeries.ts'
import { address, openUsers, setups, startIssuer } from './issuers.ts'
import { missing, mintWithSimplejwt } from './programs.ts'

const databaseUrl = await openUsers()

describe.each(setups)('our own verifier, $name', async ({ algorithm, key, env, settingsFor }) => {
  const issuer = await startIssuer(databaseUrl, env)
  afterAll(() => issuer.stop())
  const { ISSUER, AUDIENCE, JWK_URL } = settingsFor(issuer.url)
  const verifier = createVerifier({
    ...(JWK_URL === undefined ? { secret: testSecretKey } : { jwksUrl: JWK_URL }),
    ...(ISSUER !== undefined && { issuer: ISSUER }),
    ...(AUDIENCE !== undefined && { audience: AUDIENCE }),
  })
  const pair = await issuer.logIn()

  test('accepts the access token of a login', async () => {
    expect(readClaims(pair.access)).toMatchObject(await verifier.verify(pair.access))
  })

  test.each(Object.entries(forge({ algorithm, key, ...pair })))('refuses %s', async (_, token) => {
    await expect(verifier.verify(token)).rejects.toThrow(TokenError)
  })
})

const settings = { ALGORITHM: 'HS256', SECRET_KEY: testSecretKey, ...address }
const minted = mintWithSimplejwt(settings)
const verifier = createVerifier({ secret: testSecretKey, issuer: address.ISSUER, audience: address.AUDIENCE })

test.for(minted === undefined ? [] : [minted])(
  'our own verifier accepts what SimpleJWT minted',
  async ({ access, refresh }) => {
    expect(readClaims(access)).toMatchObject(await verifier.verify(access))
    await expect(verifier.verify(refresh)).rejects.toThrow(TokenError)
  },
)

test.for(minted === undefined ? missing : [])('%s', (reason, { skip }) => skip(reason))
