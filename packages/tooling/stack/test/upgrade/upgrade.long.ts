import { startTestServer, type TestServer } from '@pockitflyer/postgres/testing'
import { startSmtp } from '@pockitflyer/testing/smtp'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { get, openCheckout, post, readLink, register, type RunningProgram } from '../checkout.ts'
import { repository } from '../deploy/build.ts'
import { checkOut, olderCommit } from './older-version.ts'

let postgres: TestServer
let older: Awaited<ReturnType<typeof checkOut>>

const mailSettings = { MAIL_FROM: 'accounts@example.com', PUBLIC_URL: 'https://accounts.example.com' }

/** Both versions with one database and the same keys. */
async function openVersions() {
  const database = await postgres.createDatabase()
  onTestFinished(() => database.drop())
  const smtp = await startSmtp()
  const settings = {
    DATABASE_URL: database.url,
    SECRET_KEY: 'a secret of the test that is long enough for HS256',
    MAIL_KEY: 'the mail key of the test that is long enough',
    SMTP_URL: smtp.url,
  }
  return {
    before: openCheckout(older.folder, settings),
    now: openCheckout(repository, settings),
    mails: smtp.mails,
  }
}

const me = (api: RunningProgram, access: string) =>
  get(api, '/api/users/me/', { Authorization: `Bearer ${access}` })

/** A user whose every call goes to the other server than the call before. */
async function useInTurn(here: RunningProgram, there: RunningProgram): Promise<void> {
  const account = await register(here)
  const login = await post(there, 'login', account)
  expect([login.status, await me(here, login.access)]).toEqual([200, 200])
  const first = await post(here, 'token/refresh', { refresh: login.refresh })
  const second = await post(there, 'token/refresh', { refresh: first.refresh })
  expect([first.status, second.status, await me(here, second.access)]).toEqual([200, 200, 200])
  const replay = await post(here, 'token/refresh', { refresh: second.refresh })
  const again = await post(there, 'token/refresh', { refresh: second.refresh })
  expect([again.status, again.refresh]).toEqual([200, replay.refresh])
  const change = { current_password: account.password, new_password: 'another long passphrase' }
  const changed = await post(there, 'password/change', change, { Authorization: `Bearer ${again.access}` })
  expect([changed.status, (await post(here, 'login', account)).status]).toEqual([200, 401])
  const renewed = await post(here, 'login', { ...account, password: change.new_password })
  expect((await post(there, 'token/blacklist', { refresh: renewed.refresh })).status).toBe(200)
  expect(await post(here, 'token/refresh', { refresh: renewed.refresh })).toMatchObject({ status: 401 })
}

describe.skipIf(olderCommit === undefined)(
  'the version before the newest migration (needs the history)',
  () => {
    beforeAll(async () => {
      postgres = await startTestServer()
      older = await checkOut(olderCommit ?? '')
    })

    afterAll(async () => {
      await older.remove()
      await postgres.stop()
    })

    test('it serves beside this version, and takes the service back', async ({ annotate }) => {
      const { before, now } = await openVersions()
      expect(await before.auth('migrate')).toContain('applied 2026-11-22-accounts')
      const old = await before.startApi()
      const account = await register(old)
      const login = await post(old, 'login', account)

      const applied = await now.auth('migrate')
      const names = Array.from(applied.matchAll(/applied (\S+)/g), ([, name = '']) => name)
      await annotate(`${olderCommit} lacks ${names.join(', ')}`)
      expect(names).not.toEqual([])
      expect(await get(old, '/readyz')).toBe(200)
      const current = await now.startApi()
      await useInTurn(old, current)
      await useInTurn(current, old)
      const upgraded = await post(current, 'token/refresh', { refresh: login.refresh })
      expect(upgraded.status).toBe(200)
      const late = await register(current)

      expect([await current.stop(), await old.stop()]).toEqual([0, 0])
      expect(await before.auth('migrate')).toBe(
        `The database is newer than this version, which does not know: ${names.join(', ')}\nThe schema is up to date.\n`,
      )
      const back = await before.startApi()
      expect(await get(back, '/readyz')).toBe(200)
      const returned = await post(back, 'token/refresh', { refresh: upgraded.refresh })
      expect([returned.status, (await post(back, 'login', late)).status]).toEqual([200, 200])
      await register(back)

      expect(await now.auth('migrate')).toBe('The schema is up to date.\n')
      const again = await now.startApi()
      expect((await post(again, 'token/refresh', { refresh: returned.refresh })).status).toBe(200)
    })

    test('each worker mails the links of the other version', async () => {
      const { before, now, mails } = await openVersions()
      await before.auth('migrate')
      await now.auth('migrate')
      const [old, current] = [await before.startApi(), await now.startApi()]
      for (const version of [before, now]) {
        const worker = await version.startWorker(mailSettings)
        for (const [asked, other] of [
          [old, current],
          [current, old],
        ] as const) {
          const { email } = await register(asked)
          expect((await post(asked, 'password/reset', { email })).status).toBe(200)
          const reset = { token: await readLink(mails, email), new_password: 'seven ferries at noon' }
          expect((await post(other, 'password/reset/confirm', reset)).status).toBe(200)
          expect((await post(asked, 'login', { email, password: reset.new_password })).status).toBe(200)
        }
        expect(await worker.stop()).toBe(0)
      }
    })
  },
)
