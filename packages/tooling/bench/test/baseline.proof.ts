import { expect, test } from 'vitest'
import { z } from 'zod'
import { emailOf, password } from '../src/data/credentials.ts'
import { startDatabaseServer } from '../src/data/database.ts'
import { logIn } from '../src/data/log-in.ts'
import { type Server, startApi, startBaselineServer } from '../src/processes/server.ts'

const pair = z.object({ access: z.string(), refresh: z.string() })

test("the baseline server and the API accept each other's tokens", async () => {
  await using database = await startDatabaseServer()
  const databaseUrl = await database.createDatabase(10)
  await using baseline = await startBaselineServer(databaseUrl)
  await using api = await startApi(databaseUrl)
  const [user] = await logIn(databaseUrl, { users: 10, count: 1 })

  const first = await refresh(baseline, user?.refresh ?? '')
  const second = await refresh(api, first.refresh)
  const third = await refresh(baseline, second.refresh)
  expect(Object.keys(first)).toEqual(Object.keys(second))
  expect(claimsOf(third.refresh)).toEqual({
    ...claimsOf(second.refresh),
    ...changesOf(third.refresh),
    gen: 3,
  })
  expect(await me(baseline, second.access)).toEqual(await me(api, third.access))

  const logins = await Promise.all([baseline, api].map((server) => login(server)))
  expect(Object.keys(logins[0] ?? {})).toEqual(Object.keys(logins[1] ?? {}))
  expect(logins[0]?.['user']).toEqual(logins[1]?.['user'])
})

async function refresh(server: Server, token: string) {
  return pair.parse(await post(server, '/api/users/token/refresh/', { refresh: token }))
}

function login(server: Server): Promise<Record<string, unknown>> {
  return post(server, '/api/users/login/', { email: emailOf(1), password })
}

async function post({ url }: Server, path: string, body: object) {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status).toBe(200)
  return z.record(z.string(), z.unknown()).parse(await answer.json())
}

async function me({ url }: Server, access: string): Promise<unknown> {
  const answer = await fetch(`${url}/api/users/me/`, { headers: { Authorization: `Bearer ${access}` } })
  expect(answer.status).toBe(200)
  return answer.json()
}

function claimsOf(token: string): Record<string, unknown> {
  const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  return z.record(z.string(), z.unknown()).parse(payload)
}

/** What a rotation changes. */
function changesOf(token: string) {
  const { exp, iat, jti } = claimsOf(token)
  return { exp, iat, jti }
}
