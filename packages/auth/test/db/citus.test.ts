import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { distribute } from '../../src/admin/distribute.ts'
import { connect } from '../../src/db/postgres/connect.ts'
import { isCitus } from '../../src/db/postgres/engine.ts'
import { listSpreadActs } from '../support/citus-plans.ts'
import { addAccount, age, createService, logIn, openDatabase, password } from '../support/harness.ts'
import { djangoClaims, readJwt, signJwt } from '../support/jwt.ts'

const { url, db } = await openDatabase()
const isOn = await isCitus(db)
if (!isOn) process.stdout.write('CITUS_DATABASE_URL is not set: the tests on Citus are skipped\n')
const operator = { client: { ip: null, userAgent: null } }

const service = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
const limited = await createService(db, { RATE_LIMITS: 'on', SMTP_URL: 'smtp://127.0.0.1:1' })
const capped = await createService(db, { SESSIONS_PER_USER: '1' })

describe.skipIf(!isOn)('on Citus', () => {
  test('every hot statement is one task on one shard', async () => {
    const { id, email, access, refresh } = await logIn(service)
    const other = await addAccount(service)
    const django = signJwt(djangoClaims('refresh', id))
    const tokens = { refresh }
    const acts = {
      login: () => service.login(email, password),
      'login with limits and a mail': () => limited.login(email.toUpperCase(), password),
      'login of no user': () => limited.login('Nobody@example.com', password),
      'login with a wrong password': () => limited.login(other.email, 'WrongPass123!'),
      'login beyond the sessions of a user': () => capped.login(email, password),
      me: () => service.me(access),
      'me with a token of Django': () => service.me(signJwt(djangoClaims('access', id))),
      refresh: async () => {
        tokens.refresh = (await logIn(service, { email: `${randomUUID()}@example.com` })).refresh
        tokens.refresh = (await service.refresh(tokens.refresh)).body.refresh
        await service.refresh(tokens.refresh)
      },
      'refresh of a lost answer': () => service.refresh(tokens.refresh),
      adoption: () => service.refresh(django),
      recovery: () => service.refresh(signJwt({ ...readJwt(tokens.refresh).claims, gen: 7 })),
      'list of sessions': async () => {
        const { body } = await service.login(other.email, password)
        await service.query('auth.listSessions', { token: body.access })
      },
      'end of a session': async () => {
        const { body } = await service.login(other.email, password)
        const sessionId = String(readJwt(body.access).claims['sid'])
        await service.mutate('auth.endOtherSessions', {}, { token: body.access })
        await service.mutate('auth.endSession', { id: sessionId }, { token: body.access })
      },
      'change of a password': async () => {
        const { body } = await service.login(other.email, password)
        const input = { current_password: password, new_password: 'another good password' }
        await service.mutate('auth.changePassword', input, { token: body.access })
      },
      reuse: async () => {
        const stolen = await logIn(service)
        const next = await service.refresh(stolen.refresh)
        await service.refresh(next.body.refresh)
        await age(db, stolen.id, '31 seconds')
        await service.refresh(stolen.refresh)
      },
      logout: () => service.logout(django),
      registration: () => service.post('register/', { email: `${randomUUID()}@example.com`, password }),
    }
    expect(await listSpreadActs(url, acts)).toEqual({})
  })

  test('after a failover of the coordinator ids are left out', async () => {
    const before = await addAccount(service)
    await sql`update user_id_origin set origin = 'another server'`.execute(db)
    const [one, other] = await Promise.all([addAccount(service), addAccount(service)])
    expect(Math.min(one.id, other.id)).toBeGreaterThan(before.id + 1000)
    expect(Math.abs(one.id - other.id)).toBe(1)
  })

  test('connections leave the choice of plans to Citus', async () => {
    const own = connect({ url, poolSize: 1 })
    onTestFinished(() => own.destroy())
    const { rows } = await sql`select current_setting('plan_cache_mode') as plans`.execute(own)
    expect(rows).toEqual([{ plans: 'auto' }])
  })

  test('a distributed database has nothing left to distribute', async () => {
    expect(await distribute({ db }, operator)).toEqual({ kind: 'distributed', statements: [] })
  })
})
