import { setLeader } from '@pockitflyer/auth/admin'
import { startTestServer } from '@pockitflyer/postgres/testing'
import { expect, test } from '@playwright/test'
import { readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { PlainBrowser } from './plain-browser.ts'
import { prepareDatabase, startStack, verifyingEnv } from './stack.ts'
import { openProvenAccounts } from './verifying-stack.ts'

const text = 'Accounts cannot be changed at the moment'
const newPassword = 'seven ferries at noon'

test('while Django leads, each form that writes says so', async () => {
  // Its own database: the leader concerns every test of one.
  const server = await startTestServer({
    prepare: prepareDatabase,
    serverUrl: process.env['TEST_DATABASE_URL'],
  })
  const database = await server.createDatabase()
  const stack = await startStack(database.url, verifyingEnv)
  const accounts = await openProvenAccounts(database.url)
  const [{ url }, { db }] = [stack, accounts]
  const [person, newcomer] = [makePerson(), makePerson()]
  const newEmail = `new-${person.email}`
  await accounts.add(person)
  const [registering, resetting, changing, undoing] = Array.from({ length: 4 }, () => new PlainBrowser(url))
  if (!registering || !resetting || !changing || !undoing) throw new Error('A browser is missing.')
  const account = { Email: newcomer.email, Password: newcomer.password }
  await registering.open('/register')
  await registering.send('Create account', account)
  const verification = await readMailSecrets(db, newcomer.email, '/verify-email')
  await resetting.open('/forgot-password')
  await resetting.send('Send the mail', { Email: person.email })
  const reset = await readMailSecrets(db, person.email)
  await resetting.open(reset.path)
  await resetting.send('Continue')
  const change = { 'New email': newEmail, 'Current password': person.password }
  await changing.logIn(person)
  await changing.open('/account/email')
  await changing.send('Send the mail', change)
  const asked = await readMailSecrets(db, newEmail, '/change-email')

  await setLeader({ db }, 'django')
  try {
    // The service relies for a second on the leader that it read.
    await expect(async () => {
      await registering.open('/register')
      await registering.send('Create account', { ...account, Email: `other-${newcomer.email}` })
      expect(registering.text).toContain(text)
    }).toPass()
    await registering.open(verification.path)
    await registering.send('Confirm this email')
    expect(registering.text).toContain(text)

    await resetting.send('Change password', { 'New password': newPassword })
    expect(resetting.text).toContain(text)
    await resetting.open('/forgot-password')
    await resetting.send('Send the mail', { Email: person.email })
    expect(resetting.text).toContain(text)

    await changing.open(asked.path)
    await changing.send('Use this email')
    expect(changing.text).toContain(text)
    await changing.open('/account')
    await changing.follow('Edit profile')
    await changing.send('Save profile', { 'About you': 'New' })
    expect(changing.text).toContain(text)
    await changing.open('/account/password')
    const passwords = { 'Current password': person.password, 'New password': newPassword }
    await changing.send('Change password', passwords)
    expect(changing.text).toContain(text)
    await changing.open('/account/email?sent')
    await changing.send('Keep the email that I have')
    expect(changing.text).toContain(text)
    await changing.open('/account/sessions')
    await changing.send('Turn these mails off')
    expect(changing.text).toContain(text)

    await undoing.open(asked.path.replace('/change-email', '/undo'))
    await undoing.send('Undo the change', { 'Code from the mail': asked.code })
    expect(undoing.text).toContain(text)
    await undoing.logIn(person)
  } finally {
    await setLeader({ db }, 'accounts')
  }
  await expect(async () => {
    await undoing.open('/account/sessions')
    await undoing.send('Turn these mails off')
    expect(undoing.text).not.toContain(text)
  }).toPass()
  await accounts.close()
  await stack.stop()
  await database.drop()
  await server.stop()
})
