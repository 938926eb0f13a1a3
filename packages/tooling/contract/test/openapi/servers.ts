import { randomUUID } from 'node:crypto'
import { doMailJobs, mailEnv, mailLifetimes, startTestApi } from '@pockitflyer/testing'
import { connect, readSettings } from '@pockitflyer/auth'
import { addUser, createAdmin, adminSettings, setLeader } from '@pockitflyer/auth/admin'
import { createMailer } from '@pockitflyer/auth/mails'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { afterAll } from 'vitest'
import { account } from './account.ts'
import type { ReceivedAnswer } from './check-answer.ts'
import type { Sent } from './requests.ts'

const nobody = { client: { ip: null, userAgent: null } }

/**
 * A database of the test file's own with `account`, id 1, and another that is switched off, id
 * `inactiveId`.
 */
export async function openAccounts() {
  const database = await createTestDatabase()
  const db = connect({ url: database.url })
  afterAll(async () => {
    await db.destroy()
    await database.drop()
  })
  const admin = createAdmin(readSettings(adminSettings, {}), { db })
  await addUser(admin, nobody, account)
  const inactive = { ...account, email: 'gone@example.com', is_active: false }
  const { id: inactiveId } = await addUser(admin, nobody, inactive)

  /** Adds another account with the same password. */
  async function add(): Promise<typeof account> {
    const added = { ...account, email: `${randomUUID()}@example.com` }
    await addUser(admin, nobody, added)
    return added
  }

  /** Takes away what every use case needs. */
  async function ruin(): Promise<void> {
    await db.schema.alterTable('users').renameTo('lost_users').execute()
    await db.schema.alterTable('sessions').renameTo('lost_sessions').execute()
    await db.schema.dropSchema('graphile_worker').cascade().execute()
  }

  /** Lets nothing here write accounts. */
  const letDjangoLead = () => setLeader(admin, 'django')

  const mailer = createMailer(db, {
    key: mailEnv.MAIL_KEY,
    oldKey: undefined,
    lifetimes: mailLifetimes,
    mailsUnknown: false,
    language: 'en',
  })

  /** Writes the mails that were asked for, and returns link and code of the one to this email. */
  async function readSecrets(email: string): Promise<{ link: string; code: string }> {
    const found = { link: '', code: '' }
    await doMailJobs(mailer, async ({ toEmail, secrets }) => {
      if (toEmail === email && secrets !== undefined) Object.assign(found, secrets)
      return 'taken'
    })
    return { link: found.link, code: found.code }
  }
  return { url: database.url, inactiveId, add, ruin, letDjangoLead, readSecrets }
}

/** A server that runs until the test file is done. */
export interface Server {
  url: string
  send(sent: Sent): Promise<ReceivedAnswer>
}

/** Starts the API on a database with these settings. */
export async function startServer(databaseUrl: string, env: Record<string, string> = {}): Promise<Server> {
  const api = await startTestApi(databaseUrl, env)
  afterAll(() => api.stop())
  return {
    url: api.url,
    async send({ method, path, headers, body = null }) {
      const answer = await fetch(`${api.url}${path}`, { method, headers, body })
      const text = await answer.text()
      return {
        status: answer.status,
        headers: answer.headers,
        body: text === '' ? undefined : JSON.parse(text),
      }
    },
  }
}
