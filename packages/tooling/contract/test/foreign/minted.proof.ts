import { testSecretKey } from '@pockitflyer/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { readClaims } from '../../src/tokens.ts'
import { address, openUsers, startIssuer } from './issuers.ts'
import { generateKey, toPem } from './keys.ts'
import { type Minted, missing, mintWithSimplejwt } from './programs.ts'

const databaseUrl = await openUsers()

async function startService(env: Record<string, string>) {
  const service = await startIssuer(databaseUrl, env)
  afterAll(() => service.stop())
  return service
}

const hs256 = { ALGORITHM: 'HS256', SECRET_KEY: testSecretKey }
const pem = toPem(generateKey('ES256'))
const moved = await startService({ SIGNING_KEY: pem })

/**
 * Services that a Django service's tokens may come to, with what that service minted for user 1.
 */
const services = [
  { name: 'by default', service: await startService({}), minted: mintWithSimplejwt(hs256) },
  {
    name: 'with issuer and audience',
    service: await startService(address),
    minted: mintWithSimplejwt({ ...hs256, ...address }),
  },
  { name: 'that signs with a key pair by now', service: moved, minted: mintWithSimplejwt(hs256) },
].flatMap(({ minted, ...rest }) => (minted === undefined ? [] : { minted, ...rest }))

describe.each(services)('what SimpleJWT minted, at the service $name', ({ service, minted }) => {
  test('is good at me', async () => {
    expect(await service.me(minted.access)).toMatchObject({ status: 200, body: { id: 1 } })
  })

  test('is verified, whatever its type', async () => {
    expect(await service.verify(minted.access)).toEqual({ status: 200, body: {} })
    expect(await service.verify(minted.refresh)).toEqual({ status: 200, body: {} })
  })

  test('is adopted at a refresh: one session, however often it is presented', async () => {
    const pair = await service.refresh(minted.refresh)
    const again = await service.refresh(minted.refresh)
    expect(readClaims(pair.refresh)).toMatchObject({ user_id: 1, gen: 1 })
    expect(readClaims(again.refresh)).toEqual(readClaims(pair.refresh))
    expect(await service.me(pair.access)).toMatchObject({ status: 200, body: { id: 1 } })
  })

  test('is refused where the other type belongs', async () => {
    expect(await service.me(minted.refresh)).toMatchObject({ status: 401 })
    await expect(service.refresh(minted.access)).rejects.toThrow('401')
  })
})

/** What SimpleJWT mints that is not for the service that has moved on. */
const strangers = [
  {
    name: 'with another secret',
    minted: mintWithSimplejwt({ ...hs256, SECRET_KEY: testSecretKey.toUpperCase() }),
  },
  {
    name: 'with our key pair, since it names no kid',
    minted: mintWithSimplejwt({ ALGORITHM: 'ES256', SIGNING_KEY: pem }),
  },
].flatMap(({ name, minted }): [string, Minted][] => (minted === undefined ? [] : [[name, minted]]))

test.each(strangers)('what SimpleJWT minted %s is refused', async (_, { access, refresh }) => {
  expect(await moved.me(access)).toMatchObject({ status: 401 })
  expect(await moved.verify(access)).toMatchObject({ status: 401 })
  await expect(moved.refresh(refresh)).rejects.toThrow('401')
})

test.for(services.length === 0 ? missing : [])('%s', (reason, { skip }) => skip(reason))
