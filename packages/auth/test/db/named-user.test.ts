import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, expect, test, vi } from 'vitest'
import { listSessions, revokeSessionsOfUser } from '../../src/admin/sessions.ts'
import { setPassword } from '../../src/admin/set-password.ts'
import { isCitus } from '../../src/db/postgres/engine.ts'
import { addAccount, age, createService, logIn, openDatabase, password } from '../support/harness.ts'
import { djangoClaims, readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const strict = { BLACKLIST_AFTER_ROTATION: 'true' }
const service = await createService(db, strict)

const query = vi.spyOn(pg.Client.prototype, 'query')
afterEach(() => void query.mockClear())

/** The statements on sessions that were sent while `act` ran. */
async function statementsOf(act: () => Promise<unknown>): Promise<string[]> {
  query.mockClear()
  await act()
  const texts = query.mock.calls.map(([config]: unknown[]) => {
    if (typeof config === 'string') return config
    return typeof config === 'object' && config && 'text' in config ? String(config.text) : ''
  })
  return [...new Set(texts)].filter((text) => /\bsessions\b/.test(text))
}

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Index Cond'?: string
  Plans?: Plan[]
}

/** How a statement looks up sessions: the conditions of its indexes. */
async function lookUpsOf(statement: string): Promise<string[]> {
  return db.connection().execute(async (one) => {
    await sql`set enable_seqscan = off`.execute(one)
    await sql`set enable_bitmapscan = off`.execute(one)
    const { rows } = await sql<{ 'QUERY PLAN': { Plan: Plan }[] }>`
      explain (generic_plan, format json) ${sql.raw(statement)}`.execute(one)
    const collect = ({ Plans = [], ...plan }: Plan): string[] => [
      ...(plan['Relation Name'] === 'sessions' && plan['Node Type'] !== 'ModifyTable'
        ? [plan['Index Cond'] ?? `${plan['Node Type']} without an index`]
        : []),
      ...Plans.flatMap(collect),
    ]
    return rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan: plan }) => collect(plan)))
  })
}

// Citus shows no conditions of indexes: there `citus.test.ts` looks where a statement goes.
test.skipIf(await isCitus(db))('every statement on sessions looks them up by their user', async () => {
  const { id, email, access, refresh } = await logIn(service)
  const operator = { client: { ip: null, userAgent: null } }
  const django = signJwt(djangoClaims('refresh', id))
  const seen = new Map<string, string[]>()
  const acts = {
    login: () => service.login(email, password),
    me: () => service.me(access),
    refresh: async () => {
      const next = await service.refresh(refresh)
      await service.refresh(next.body.refresh)
      await age(db, id, '31 seconds')
    },
    adoption: () => service.refresh(django),
    recovery: () => service.refresh(signJwt({ ...readJwt(refresh).claims, gen: 7 })),
    verify: () => Promise.all([service.verify(access), service.verify(django)]),
    list: () => service.query('auth.listSessions', { token: access }),
    logout: () => service.logout(django),
    reuse: () => service.refresh(refresh),
    operator: async () => {
      await listSessions({ db }, operator, { userId: id })
      await revokeSessionsOfUser(service.auth, operator, { userId: id })
      await setPassword(service.auth, operator, { userId: id, password: 'another good password' })
    },
  }
  for (const [name, act] of Object.entries(acts)) {
    for (const statement of await statementsOf(act)) {
      if (statement.startsWith('update "sessions" set "rotated_at" = ("rotated_at"')) continue
      seen.set(name, [...(seen.get(name) ?? []), ...(await lookUpsOf(statement))])
    }
  }
  expect([...seen.keys()]).toEqual(Object.keys(acts))
  const others = [...seen].flatMap(([name, lookUps]) =>
    lookUps.filter((lookUp) => !lookUp.includes('user_id')).map((lookUp) => [name, lookUp]),
  )
  expect(others).toEqual([])
})

test("another user's session cannot be refreshed, used, ended or asked for", async () => {
  const [one, other] = [await logIn(service), await addAccount(service)]
  const forOther = (token: string) => signJwt({ ...readJwt(token).claims, user_id: other.id })
  expect((await service.refresh(forOther(one.refresh))).status).toBe(401)
  expect((await service.me(forOther(one.access))).status).toBe(401)
  expect((await service.logout(forOther(one.refresh))).status).toBe(401)
  expect((await service.me(one.access)).status).toBe(200)
  await service.logout(one.refresh)
  expect((await service.verify(one.refresh)).status).toBe(400)
  expect((await service.verify(forOther(one.refresh))).status).toBe(200)
})
