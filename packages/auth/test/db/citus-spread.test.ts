import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eraseUser, exportUser } from '../../src/admin/erase-user.ts'
import { listEvents, pruneEvents } from '../../src/admin/events.ts'
import { getStatus } from '../../src/admin/get-status.ts'
import { inspectDatabase, listHashKinds } from '../../src/admin/inspect-database.ts'
import { findMail, listMails, pruneMails, pruneRegistrations, pruneTokens } from '../../src/admin/mails.ts'
import { listSessions, pruneSessions } from '../../src/admin/sessions.ts'
import { setEmail } from '../../src/admin/set-email.ts'
import { listUsers } from '../../src/admin/users.ts'
import { isCitus } from '../../src/db/postgres/engine.ts'
import { listSpreadActs } from '../support/citus-plans.ts'
import { createChanger, freshEmail } from '../support/email-changes.ts'
import { addAccount, createService, logIn, openDatabase, password } from '../support/harness.ts'
import { mailEnv, readMails, readSecrets } from '../support/mailbox.ts'

const { url, db } = await openDatabase()
const isOn = await isCitus(db)
const operator = { client: { ip: null, userAgent: null } }

const service = await createService(db, mailEnv)
const required = await createService(db, { ...mailEnv, EMAIL_VERIFICATION: 'required' })
const optional = await createService(db, { ...mailEnv, EMAIL_VERIFICATION: 'optional' })
const { move, undo } = createChanger(service)

describe.skipIf(!isOn)('on Citus', () => {
  test('what goes to every shard is what the page lists', async () => {
    const limit = 10
    const olderThanDays = 30
    const person = await logIn(service)
    const acts = {
      'The link of a registration': async () => {
        await required.post('register/', { email: freshEmail(), password })
        const { link } = await readSecrets(required)
        await required.post('email/verify/', { token: link })
      },
      'The confirmation of a change of email': () => move(person, freshEmail()),
      'An undo': async () => {
        const owner = await logIn(service)
        const moved = await move(owner, freshEmail())
        await undo(moved.undo)
        await readMails(service)
      },
      'A change of email by an operator': async () =>
        setEmail(service.auth, operator, { userId: person.id, email: freshEmail() }),
      'The deletion of an account that the owner of its email rejects': async () => {
        await optional.post('register/', { email: freshEmail(), password })
        const { link, code } = await readSecrets(optional)
        await optional.post('email/verify/reject/', { token: link, code })
      },
      'The erasure of a user': async () =>
        eraseUser(service.auth, operator, { userId: (await addAccount(service)).id }),
      "The export of a user's data": async () => exportUser(service.auth, operator, { userId: person.id }),
      "An operator's list of users": () => listUsers({ db }, operator, { limit }),
      "An operator's list of sessions": () => listSessions({ db }, operator, { limit }),
      "An operator's list of events, also of one user": () =>
        listEvents({ db }, operator, { userId: person.id, limit }),
      "An operator's list of mails": () => listMails({ db }, operator, { limit }),
      'A mail that an operator names by its id': () =>
        findMail({ db }, operator, { id: '3b241101-e2bb-4255-8caf-4136c566a962' }),
      'The counts of `status`': () => getStatus({ db }, operator),
      'What `doctor` looks at': async () => {
        await inspectDatabase({ db }, operator)
        await listHashKinds({ db }, operator)
      },
      'What prunes sessions': () => pruneSessions({ db }, operator, { olderThanDays }),
      'What prunes events': () => pruneEvents({ db }, operator, { olderThanDays }),
      'What prunes tokens': () => pruneTokens({ db }, operator, { olderThanDays }),
      'What prunes mails': () => pruneMails({ db }, operator, { olderThanDays }),
      'What prunes registrations': () => pruneRegistrations({ db }, operator),
    }
    const spread = await listSpreadActs(url, acts)
    expect(await readPage()).toEqual(Object.keys(acts))
    expect(Object.keys(spread)).toEqual(Object.keys(acts))
  })
})

/** The list of the page. */
async function readPage(): Promise<string[]> {
  const page = await readFile(join(import.meta.dirname, '../../../../apps/docs/citus.md'), 'utf8')
  const [, table = ''] = page.split('| These go to every shard | Because |\n| --- | --- |\n')
  const [rows = ''] = table.split('\n\n')
  return Array.from(rows.matchAll(/^\| (.*?) \|/gm), ([, act = '']) => act)
}
