import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createService, openDatabase, sessionOf, logIn } from '../support/harness.ts'
import { readJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
const still = await createService(db, { ROTATE_REFRESH_TOKENS: 'false' })

/** Changes what the tokens and `me` tell of a user, as another process would. */
async function change(userId: number): Promise<{ email: string; display_name: string; bio: string }> {
  const email = `renamed-${randomUUID()}@example.com`
  const profile = { display_name: 'Another Name', bio: 'Another life' }
  await db.updateTable('users').set({ email }).where('id', '=', userId).execute()
  await db.updateTable('profiles').set(profile).where('user_id', '=', userId).execute()
  return { email, ...profile }
}

test('the pair after a changed email carries it, in one session', async () => {
  const { id, email: before, refresh } = await logIn(service)
  expect(readJwt(refresh).claims).toMatchObject({ user_id: id, email: before })
  const { email } = await change(id)
  const { body } = await service.refresh(refresh)
  for (const token of [body.refresh, body.access]) {
    expect(readJwt(token).claims).toMatchObject({ user_id: id, email, sid: readJwt(refresh).claims['sid'] })
  }
  expect((await service.me(body.access)).status).toBe(200)
  expect((await service.refresh(body.refresh)).status).toBe(200)
  expect(await sessionOf(db, id)).toMatchObject({ generation: 2, revoked_at: null })
})

test('me shows a changed email at once, to older tokens too', async () => {
  const { id, access } = await logIn(service)
  const { email, ...profile } = await change(id)
  expect((await service.me(access)).body).toEqual({ id, email, profile })
})

test('a retry after a changed email gets a working pair again', async () => {
  const { id, refresh } = await logIn(service)
  const first = (await service.refresh(refresh)).body
  const { email } = await change(id)
  const retry = (await service.refresh(refresh)).body
  expect(readJwt(retry.refresh).claims).toEqual({ ...readJwt(first.refresh).claims, email })
  const next = await service.refresh(first.refresh)
  const again = await service.refresh(retry.refresh)
  expect([next.status, again.status]).toEqual([200, 200])
  expect(again.body.refresh).toBe(next.body.refresh)
})

test('without rotation the next access token carries the new email', async () => {
  const { id, refresh } = await logIn(still)
  const { email } = await change(id)
  expect(readJwt((await still.refresh(refresh)).body.access).claims).toMatchObject({ user_id: id, email })
})
