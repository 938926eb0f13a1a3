import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, createService, openDatabase, password, logIn } from '../support/harness.ts'

const { db } = await openDatabase()
const service = await createService(db)
const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
const { email, access, refresh } = await logIn(service)

beforeAll(async () => {
  await sql`alter table sessions rename to sessions_secret_name`.execute(db)
  await sql`alter table users rename to users_secret_name`.execute(db)
})

const text = 'Something went wrong on our side.'
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const calls: Record<string, { rest: () => Promise<Answer>; trpc: () => Promise<Answer> }> = {
  'auth.register': {
    rest: () => service.post('register/', { email, password }),
    trpc: () => service.mutate('auth.register', { email, password }),
  },
  'auth.login': {
    rest: () => service.login(email, password),
    trpc: () => service.mutate('auth.login', { email, password }),
  },
  'auth.refresh': {
    rest: () => service.refresh(refresh),
    trpc: () => service.mutate('auth.refresh', { refresh }),
  },
  'auth.logout': {
    rest: () => service.logout(refresh),
    trpc: () => service.mutate('auth.logout', { refresh }),
  },
  'auth.me': {
    rest: () => service.me(access),
    trpc: () => service.query('auth.me', { token: access }),
  },
  'auth.updateProfile': {
    rest: () => service.rest('PATCH', '/api/users/me/', { token: access }, '{"profile": {"bio": ""}}'),
    trpc: () => service.mutate('auth.updateProfile', { profile: { bio: '' } }, { token: access }),
  },
}

test.each(Object.entries(calls))(
  '%s: what a database says never reaches a client, but the log',
  async (path, transports) => {
    service.reports.length = 0
    const rest = await transports.rest()
    const trpc = await transports.trpc()

    expect(rest.status).toBe(500)
    expect(rest.body).toEqual({ detail: text, request_id: rest.body.request_id })
    expect(rest.body.request_id).toMatch(uuid)

    expect(trpc.status).toBe(500)
    const { error } = trpc.body
    expect(error).toEqual({
      message: text,
      code: -32603,
      data: { code: 'internal_error', httpStatus: 500, path, requestId: error.data.requestId },
    })
    expect(error.data.requestId).toMatch(uuid)

    for (const { text: body, headers } of [rest, trpc]) {
      const whole = body + JSON.stringify(headers)
      for (const leak of ['secret_name', 'relation', 'does not exist', 'select', 'stack', '/src/'])
        expect(whole).not.toContain(leak)
    }
    expect(service.reports.map(({ requestId }) => requestId)).toEqual([
      rest.body.request_id,
      error.data.requestId,
    ])
    for (const { error: cause } of service.reports) {
      expect(cause).toMatchObject({ code: '42P01' })
      expect(String(cause)).toMatch(/relation ".*" does not exist/)
    }
  },
)

test('auth.verify under BLACKLIST_AFTER_ROTATION keeps silent too', async () => {
  const answer = await strict.verify(refresh)
  expect(answer).toMatchObject({ status: 500, body: { detail: text } })
  expect(strict.reports).toMatchObject([{ requestId: answer.body.request_id, error: { code: '42P01' } }])
})
