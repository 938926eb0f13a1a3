import { afterAll, expect, test } from 'vitest'
import { describeIssuer } from '../../src/discovery.ts'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase } from '../database.ts'

const database = await openDatabase()

async function discover(env: Record<string, string>, headers: Record<string, string> = {}) {
  const api = await startTestApi(database.url, env)
  afterAll(() => api.stop())
  return fetch(`${api.url}/.well-known/openid-configuration`, { headers })
}

test('an issuer that is a URL is discovered by its own address', async () => {
  const issuer = 'https://accounts.example.com'
  const answer = await discover({ ISSUER: issuer }, { 'X-Forwarded-Host': 'evil.test' })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
  expect(await answer.json()).toEqual({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` })
})

test.each([{}, { ISSUER: 'pockitflyer' }])('with %j there is nothing to discover: 404', async (env) => {
  const answer = await discover(env)
  expect([answer.status, await answer.json()]).toEqual([404, { detail: 'Not found.' }])
})

test.each([
  ['https://a.example/', 'https://a.example/.well-known/jwks.json'],
  ['https://a.example/auth', 'https://a.example/auth/.well-known/jwks.json'],
  ['http://127.0.0.1:8000', 'http://127.0.0.1:8000/.well-known/jwks.json'],
  ['https://a.example/?x=1', undefined],
  ['https://a.example/#x', undefined],
  ['javascript:alert(1)', undefined],
  ['urn:pockitflyer', undefined],
  ['', undefined],
])('the keys of %j stand at %s', (issuer, jwksUri) => {
  expect(describeIssuer(issuer)?.jwks_uri).toBe(jwksUri)
})
