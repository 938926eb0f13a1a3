import type { AuthErrorCode } from '@pockitflyer/auth-protocol/errors'
import { expect, test } from 'vitest'
import { endpoints } from '../../src/http/routes.ts'
import { addAccount, type Answer, createService, openDatabase, password, logIn } from '../support/harness.ts'
import { djangoClaims, readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)
const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
const closed = await createService(db, { REGISTRATION: 'false' })

test('an endpoint that asks for a token is one whose procedures do', async () => {
  for (const { path, isProtected, operations } of endpoints) {
    for (const method of operations.keys()) {
      const { body } = await service.rest(method, path, {}, method === 'GET' ? null : '{}')
      expect([path, body.detail === 'Authentication credentials were not provided.']).toEqual([
        path,
        isProtected,
      ])
    }
  }
})

/** What an answer means, whichever transport it came from. */
interface Outcome {
  status: number
  data?: unknown
  text?: unknown
  challenge: string | undefined
  retryAfter: string | undefined
  cacheControl: string | undefined
}

function restOutcome(answer: Answer): Outcome {
  const { detail, messages, ...fields } = answer.body
  const text = messages?.[0]?.message ?? detail ?? fields
  if (answer.status >= 300) return outcome(answer, { text })
  // tRPC says no more than that it went well.
  const deviceToken = answer.headers['device-token']
  const body: unknown =
    deviceToken === undefined ? answer.body : { ...answer.body, device_token: deviceToken }
  return outcome({ ...answer, status: 200 }, { data: mask(body) })
}

function trpcOutcome(answer: Answer): Outcome {
  const { result, error } = answer.body
  if (answer.status === 200) return outcome(answer, { data: mask(result.data) })
  expect(error.data.httpStatus).toBe(answer.status)
  return outcome(answer, { text: error.data.fields ?? error.message })
}

function outcome({ status, headers }: Answer, said: { data?: unknown; text?: unknown }): Outcome {
  return {
    status,
    ...said,
    challenge: headers['www-authenticate'],
    retryAfter: headers['retry-after'],
    cacheControl: headers['cache-control'],
  }
}

/** Tokens differ in `jti`, `sid` and the second of their making; all else of them must be equal. */
function mask(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => {
    if (typeof part === 'string' && /^1\.\d+\.[\w-]{22}\./.test(part)) return 'a device token'
    if (typeof part !== 'string' || part.split('.').length !== 3) return part
    const { exp, iat, jti: _jti, sid: _sid, ...claims } = readJwt(part).claims
    return { ...claims, lifetime: Number(exp) - Number(iat) }
  })
}

const addresses = new Map(
  endpoints.flatMap(({ path, operations }) =>
    Array.from(operations, ([method, operation]) => [operation.path, { method, path }] as const),
  ),
)

interface Situation {
  name: string
  procedure: string
  code?: AuthErrorCode
  input?: () => Promise<unknown>
  authorization?: () => Promise<string>
  by?: typeof service
}

const user = await addAccount(service, { display_name: 'Ada', bio: 'Countess of Lovelace' })
const inactive = await addAccount(service, { is_active: false })

const refreshToken = async () => (await service.login(user.email, password)).body.refresh
const accessToken = async () => (await service.login(user.email, password)).body.access

async function endedToken(kind: 'access' | 'refresh'): Promise<string> {
  const { body } = await service.login(user.email, password)
  await service.logout(body.refresh)
  return body[kind]
}

async function signed(type: 'access' | 'refresh', claims: Record<string, unknown> = {}): Promise<string> {
  return signJwt({ ...djangoClaims(type, user.id), ...claims })
}

const as = (token: () => Promise<string>) => async () => `Bearer ${await token()}`

const situations: Situation[] = [
  { name: 'a login', procedure: 'auth.login', input: async () => ({ email: user.email, password }) },
  {
    name: 'a field more than asked for',
    procedure: 'auth.login',
    input: async () => ({ email: user.email, password, remember: true }),
  },
  {
    name: 'a wrong password',
    procedure: 'auth.login',
    input: async () => ({ email: user.email, password: 'WrongPass123!' }),
    code: 'invalid_credentials',
  },
  {
    name: 'an unknown email',
    procedure: 'auth.login',
    input: async () => ({ email: 'nobody@example.com', password }),
    code: 'invalid_credentials',
  },
  {
    name: 'an inactive user',
    procedure: 'auth.login',
    input: async () => ({ email: inactive.email, password }),
    code: 'invalid_credentials',
  },
  { name: 'no field at all', procedure: 'auth.login', input: async () => ({}), code: 'invalid_input' },
  {
    name: 'a password too long',
    procedure: 'auth.login',
    input: async () => ({ email: user.email, password: 'x'.repeat(1025) }),
    code: 'invalid_input',
  },

  { name: 'a refresh', procedure: 'auth.refresh', input: async () => ({ refresh: await refreshToken() }) },
  {
    name: 'a refresh by a token of the Django service',
    procedure: 'auth.refresh',
    input: async () => ({ refresh: await signed('refresh') }),
  },
  {
    name: 'garbage for a refresh token',
    procedure: 'auth.refresh',
    input: async () => ({ refresh: 'garbage' }),
    code: 'token_invalid',
  },
  {
    name: 'an access token for a refresh token',
    procedure: 'auth.refresh',
    input: async () => ({ refresh: await accessToken() }),
    code: 'token_wrong_type',
  },
  {
    name: 'an expired refresh token',
    procedure: 'auth.refresh',
    input: async () => ({ refresh: await signed('refresh', { exp: 1 }) }),
    code: 'token_expired',
  },
  {
    name: 'the refresh token of an ended session',
    procedure: 'auth.refresh',
    input: async () => ({ refresh: await endedToken('refresh') }),
    code: 'session_ended',
  },
  {
    name: 'the refresh token of a user who is gone',
    procedure: 'auth.refresh',
    input: async () => ({ refresh: await signed('refresh', { user_id: 999_999_999 }) }),
    code: 'account_unavailable',
  },
  {
    name: 'the refresh token of an inactive user',
    procedure: 'auth.refresh',
    input: async () => ({ refresh: await signed('refresh', { user_id: inactive.id }) }),
    code: 'account_unavailable',
  },
  {
    name: 'a refresh token without exp',
    procedure: 'auth.refresh',
    input: async () => ({ refresh: await signed('refresh', { exp: undefined }) }),
    code: 'token_without_expiry',
  },
  {
    name: 'a refresh token without jti',
    procedure: 'auth.refresh',
    input: async () => ({ refresh: await signed('refresh', { jti: undefined }) }),
    code: 'token_without_id',
  },
  {
    name: 'a refresh token without type',
    procedure: 'auth.refresh',
    input: async () => ({ refresh: await signed('refresh', { token_type: undefined }) }),
    code: 'token_without_type',
  },
  {
    name: 'a refresh token without user',
    procedure: 'auth.refresh',
    input: async () => ({ refresh: await signed('refresh', { user_id: undefined }) }),
    code: 'token_without_user',
  },

  { name: 'a logout', procedure: 'auth.logout', input: async () => ({ refresh: await refreshToken() }) },
  {
    name: 'a second logout',
    procedure: 'auth.logout',
    input: async () => ({ refresh: await endedToken('refresh') }),
    code: 'session_ended',
  },
  {
    name: 'a logout without token',
    procedure: 'auth.logout',
    input: async () => ({}),
    code: 'invalid_input',
  },

  { name: 'a good token', procedure: 'auth.verify', input: async () => ({ token: await accessToken() }) },
  {
    name: 'garbage to verify',
    procedure: 'auth.verify',
    input: async () => ({ token: 'garbage' }),
    code: 'token_invalid',
  },
  {
    name: 'a token of an ended session to verify',
    procedure: 'auth.verify',
    input: async () => ({ token: await endedToken('access') }),
    by: strict,
    code: 'invalid_input',
  },

  { name: 'the policy', procedure: 'auth.policy' },
  { name: 'the policy of a closed service', procedure: 'auth.policy', by: closed },

  {
    name: 'an owner who registers again',
    procedure: 'auth.register',
    input: async () => ({ email: user.email, password, display_name: 'Somebody else' }),
  },
  {
    name: 'an address that is taken',
    procedure: 'auth.register',
    input: async () => ({ email: user.email, password: 'WrongPass123!' }),
    code: 'email_unavailable',
  },
  {
    name: 'a password that is too common',
    procedure: 'auth.register',
    input: async () => ({ email: 'new@example.com', password: 'Password123' }),
    code: 'invalid_input',
  },
  { name: 'no field', procedure: 'auth.register', input: async () => ({}), code: 'invalid_input' },
  {
    name: 'a closed service',
    procedure: 'auth.register',
    input: async () => ({ email: 'new@example.com', password }),
    by: closed,
    code: 'registration_closed',
  },

  {
    name: 'a new bio',
    procedure: 'auth.updateProfile',
    authorization: as(accessToken),
    input: async () => ({ profile: { bio: 'Countess of Lovelace' } }),
  },
  {
    name: 'nobody',
    procedure: 'auth.updateProfile',
    input: async () => ({ profile: { bio: '' } }),
    code: 'not_authenticated',
  },
  {
    name: 'an access token of an ended session',
    procedure: 'auth.updateProfile',
    authorization: as(() => endedToken('access')),
    input: async () => ({ profile: { bio: '' } }),
    code: 'session_ended',
  },

  { name: 'who am I', procedure: 'auth.me', authorization: as(accessToken) },
  { name: 'nobody', procedure: 'auth.me', code: 'not_authenticated' },
  {
    name: 'a scheme alone',
    procedure: 'auth.me',
    authorization: async () => 'Bearer',
    code: 'bad_authorization_header',
  },
  {
    name: 'garbage',
    procedure: 'auth.me',
    authorization: async () => 'Bearer garbage',
    code: 'token_invalid',
  },
  {
    name: 'a refresh token',
    procedure: 'auth.me',
    authorization: as(refreshToken),
    code: 'token_wrong_type',
  },
  {
    name: 'an expired access token',
    procedure: 'auth.me',
    authorization: as(() => signed('access', { exp: 1 })),
    code: 'token_expired',
  },
  {
    name: 'an access token of an ended session',
    procedure: 'auth.me',
    authorization: as(() => endedToken('access')),
    code: 'session_ended',
  },
  {
    name: 'an access token of a user who is gone',
    procedure: 'auth.me',
    authorization: as(() => signed('access', { user_id: 999_999_999 })),
    code: 'user_not_found',
  },
  {
    name: 'an access token of an inactive user',
    procedure: 'auth.me',
    authorization: as(() => signed('access', { user_id: inactive.id })),
    code: 'user_inactive',
  },
]

test.each(situations)('$procedure, $name: tRPC and REST mean the same', async (situation) => {
  const { procedure, code, input, authorization, by = service } = situation
  const send = async (transport: 'rest' | 'trpc') => {
    const headers: Record<string, string> = authorization ? { Authorization: await authorization() } : {}
    const body = input && JSON.stringify(await input())
    if (transport === 'rest') {
      const { method, path } = addresses.get(procedure) ?? { method: 'GET', path: '/none' }
      return by.rest(method, `${path}/`, { headers }, body ?? null)
    }
    return body ? by.mutate(procedure, JSON.parse(body), { headers }) : by.query(procedure, { headers })
  }
  const rest = await send('rest')
  const trpc = await send('trpc')
  expect(trpcOutcome(trpc)).toEqual(restOutcome(rest))
  expect(trpc.status === 200 ? undefined : trpc.body.error.data.code).toBe(code)
})

test('errors of tRPC itself speak the terms of the table too', async () => {
  const { access } = await logIn(service)
  const unknown = await service.mutate('auth.signUp', {})
  expect([unknown.status, unknown.body.error.data.code]).toEqual([404, 'not_found'])
  expect(unknown.headers['content-type']).toBe('application/json')
  const wrongMethod = await service.query('auth.login')
  expect([wrongMethod.status, wrongMethod.body.error.data.code]).toEqual([405, 'method_not_allowed'])
  const send = (headers: Record<string, string>, body: string) =>
    service.sendTrpc(
      new Request('http://accounts.test/api/trpc/auth.login', { method: 'POST', headers, body }),
    )
  const malformed = await send({ 'Content-Type': 'application/json' }, '{"email":')
  expect([malformed.status, malformed.body.error.data.code]).toEqual([400, 'parse_error'])
  const text = await send({ 'Content-Type': 'text/plain' }, 'email')
  expect([text.status, text.body.error.data.code]).toEqual([415, 'unsupported_media_type'])
  expect(unknown.headers['content-type']).toBe('application/json')
  const whole = [unknown, wrongMethod, malformed, text].map((answer) => answer.text).join()
  for (const leak of ['stack', 'node_modules', 'JSON at position']) expect(whole).not.toContain(leak)
  expect((await service.query('auth.me', { token: access })).status).toBe(200)
  expect(service.reports).toEqual([])
})

test('calls of one batch are answered each for itself', async () => {
  const { email, access } = await logIn(service)
  const answer = await service.sendTrpc(
    new Request('http://accounts.test/api/trpc/auth.me,auth.me?batch=1&input={}', {
      headers: { Authorization: `Bearer ${access}` },
    }),
  )
  expect(answer.body).toMatchObject([{ result: { data: { email } } }, { result: { data: { email } } }])
})

test('a batch carries twenty calls, and no more', async () => {
  const ask = (count: number) => {
    const names = Array.from({ length: count }, () => 'auth.policy').join()
    return service.sendTrpc(new Request(`http://accounts.test/api/trpc/${names}?batch=1&input={}`))
  }
  expect([(await ask(20)).status, (await ask(21)).status]).toEqual([200, 400])
})

test('a batch that would carry a flood of passwords is refused', async () => {
  const names = Array.from({ length: 1000 }, () => 'auth.login').join()
  const inputs = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [at, { email: 'a', password: 'b' }]),
  )
  const answer = await service.sendTrpc(
    new Request(`http://accounts.test/api/trpc/${names}?batch=1`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(inputs),
    }),
  )
  expect(answer.status).toBe(400)
})
