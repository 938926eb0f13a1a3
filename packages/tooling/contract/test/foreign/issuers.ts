import { createSecretKey, type KeyObject } from 'node:crypto'
import { startTestApi, testSecretKey } from '@pockitflyer/testing'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { afterAll } from 'vitest'
import { isRecord, type RequestSpec } from '../../src/exchange.ts'
import { createSender } from '../../src/send.ts'
import { addContractUsers } from '../users.ts'
import { type Algorithm, generateKey, toPem } from './keys.ts'

/** Where tokens say that they come from and for whom they are, in the services that say so. */
export const address = { ISSUER: 'https://accounts.example.com', AUDIENCE: 'flyers' }

/** A database with the users of the contract; dropped when the test file is done. */
export async function openUsers(): Promise<string> {
  const database = await createTestDatabase()
  afterAll(() => database.drop())
  await addContractUsers(database.url)
  return database.url
}

/** A service that runs. */
export interface Issuer {
  url: string
  stop(): Promise<void>
  /** Logs user 1 in. */
  logIn(): Promise<Pair>
  /** @throws with the status, when the token is refused */
  refresh(refresh: string): Promise<Pair>
  me(access: string): Promise<Answer>
  verify(token: string): Promise<Answer>
}

interface Answer {
  status: number
  body: unknown
}

interface Pair {
  access: string
  refresh: string
}

/** Starts the API with these settings. */
export async function startIssuer(databaseUrl: string, env: Record<string, string>): Promise<Issuer> {
  const api = await startTestApi(databaseUrl, env)
  const sender = createSender(api.url)

  async function ask(request: RequestSpec): Promise<Answer> {
    const { status, text } = await sender.send({ ...request, path: `/api/users${request.path}` })
    return { status, body: JSON.parse(text) }
  }
  const post = (path: string, json: object) => ask({ method: 'POST', path, headers, body: { json } })

  return {
    url: api.url,
    async stop() {
      sender.close()
      await api.stop()
    },
    logIn: async () => toPair(await post('/login/', { email: 'test@example.com', password: 'TestPass123!' })),
    refresh: async (refresh) => toPair(await post('/token/refresh/', { refresh })),
    verify: (token) => post('/token/verify/', { token }),
    me: (access) => ask({ method: 'GET', path: '/me/', headers: { Authorization: `Bearer ${access}` } }),
  }
}

const headers = { 'Content-Type': 'application/json' }

function toPair({ status, body }: Answer): Pair {
  if (status !== 200 || !isRecord(body)) throw new Error(`no pair: ${status} ${JSON.stringify(body)}`)
  return { access: String(body['access']), refresh: String(body['refresh']) }
}

/** A way to set the service up, and the settings of those that verify its tokens. */
export interface Setup {
  name: string
  algorithm: Algorithm
  key: KeyObject
  env: Record<string, string>
  /** The settings of a verifier, in SimpleJWT's names. */
  settingsFor: (url: string) => Record<string, string>
}

const sharedSecret = { ALGORITHM: 'HS256', SECRET_KEY: testSecretKey }

/** The defaults; and every algorithm with an issuer and an audience. */
export const setups: Setup[] = [
  {
    name: 'HS256',
    algorithm: 'HS256',
    key: createSecretKey(Buffer.from(testSecretKey)),
    env: {},
    settingsFor: () => sharedSecret,
  },
  {
    name: 'HS256 with issuer and audience',
    algorithm: 'HS256',
    key: createSecretKey(Buffer.from(testSecretKey)),
    env: address,
    settingsFor: () => ({ ...sharedSecret, ...address }),
  },
  ...(['EdDSA', 'ES256', 'RS256'] as const).map(createAsymmetric),
]

function createAsymmetric(algorithm: Algorithm): Setup {
  const key = generateKey(algorithm)
  return {
    name: `${algorithm} with issuer and audience`,
    algorithm,
    key,
    env: { SIGNING_KEY: toPem(key), ...address },
    settingsFor: (url) => ({ ALGORITHM: algorithm, JWK_URL: `${url}/.well-known/jwks.json`, ...address }),
  }
}
