import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

test('an operator voids the open links of one user', async () => {
  const email = 'ada@example.com'
  const { id } = await service.addUser(email)
  const { id: otherId } = await service.addUser('bob@example.com')
  const ends = new Date(Date.now() + 3_600_000)
  const token = (user_id: number) => ({
    user_id,
    id: randomUUID(),
    purpose: 'undo' as const,
    email,
    expires_at: ends,
    code_expires_at: ends,
  })
  await service.db
    .insertInto('one_time_tokens')
    .values([token(id), token(id), token(otherId)])
    .execute()
  const { code, stdout } = await service.run(['users', 'void-links', 'ADA@example.com', '--json'])
  expect([code, JSON.parse(stdout)]).toEqual([0, { id, email, voided: 2 }])
  expect(await service.run(['users', 'void-links', email])).toMatchObject({
    stdout: 'Voided 0 links of ada@example.com.\n',
  })
  expect(await service.eventsOf(id)).toEqual([{ kind: 'links_voided', ip: null, user_agent: 'auth-cli' }])
  const open = await service.db
    .selectFrom('one_time_tokens')
    .select('user_id')
    .where('expires_at', '>', new Date())
    .execute()
  expect(open).toEqual([{ user_id: otherId }])
})
