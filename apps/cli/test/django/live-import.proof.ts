import { pbkdf2Sync } from 'node:crypto'
import { createDjango, type DjangoDatabase } from '@pockitflyer/django/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

const password = 'seven ferries at noon'
const hash = `pbkdf2_sha256$1000$salt$${pbkdf2Sync(password, 'salt', 1000, 32, 'sha256').toString('base64')}`
const users = 10_000
const firstId = 1001

let django: DjangoDatabase
let service: Service
beforeAll(async () => {
  django = await createDjango('service-5.2')
  service = await createService({ RATE_LIMITS: 'off' })
  await django.run(`
    insert into users_customuser (id, password, is_superuser, email, is_active, is_staff, date_joined)
    select n, '${hash}', false, 'user-' || n || '@example.com', true, false, now()
    from generate_series(${firstId}, ${firstId + users - 1}) as n;
    insert into users_profile (display_name, bio, user_id) select 'User', '', id from users_customuser`)
})
afterAll(async () => {
  await django.close()
  await service.close()
})

/** Logs in and refreshes in turn, as one of these people, until the work is over. */
async function liveDuring(emails: readonly string[], work: Promise<unknown>) {
  const done = new AbortController()
  const seen = { calls: 0, errors: new Set<string>() }
  const call = async <Result>(run: () => Promise<Result>) => {
    seen.calls += 1
    return run().catch((error: unknown) => {
      seen.errors.add(String(error))
      return undefined
    })
  }
  const lives = Array.from({ length: 4 }, async (_, at) => {
    for (let turn = at; !done.signal.aborted; turn += 4) {
      const email = emails[(turn * 7) % emails.length] ?? ''
      const session = await call(() => service.caller.login({ email, password }))
      const { refresh } = session ?? {}
      if (refresh !== undefined) await call(() => service.caller.refresh({ refresh }))
    }
  })
  await work.finally(() => done.abort())
  await Promise.all(lives)
  return seen
}

const importAll = async () => {
  const { code, stdout, stderr } = await service.run(['django', 'import', '--source', django.url])
  expect([code, stderr]).toEqual([0, ''])
  return stdout.trimEnd().split('\n').at(-1)
}

test('logins and refreshes go on while others are imported', async () => {
  const emails = Array.from({ length: 20 }, (_, at) => `here-${at}@example.com`)
  for (const email of emails) await service.addUser(email, password)
  const importing = importAll()
  const { calls, errors } = await liveDuring(emails, importing)
  expect([await importing, [...errors]]).toEqual([expect.stringContaining(`Imported ${users} users`), []])
  expect(calls).toBeGreaterThan(10)
})

test('logins and refreshes go on while their own users are imported again', async () => {
  await django.run(`
    update users_customuser set is_staff = true, last_login = now();
    update users_profile set bio = 'new'`)
  const emails = Array.from({ length: users }, (_, at) => `user-${firstId + at}@example.com`)
  const importing = importAll()
  const { calls, errors } = await liveDuring(emails, importing)
  expect([await importing, [...errors]]).toEqual([expect.stringContaining(`updated ${users},`), []])
  expect(calls).toBeGreaterThan(10)
})
