import { randomBytes } from 'node:crypto'
import { createAuthClient } from '@pockitflyer/auth-client'
import { apiUrl, expect, test } from './fixtures.ts'
import { readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { PlainBrowser } from './plain-browser.ts'

/** What forms do without JavaScript is plain HTTP: these tests send it without a browser. */

const newPassword = 'seven ferries at noon'
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('without JavaScript an account is created after a mistake', async ({ baseURL }) => {
  const person = makePerson()
  const visitor = new PlainBrowser(baseURL)
  await visitor.open('/register')
  await visitor.send('Create account', { Email: person.email, Password: 'short', 'Display name': 'Lin' })
  expect(visitor.descriptionOf('Password')).toMatch(/too short/)
  expect(visitor.startsIn('Password')).toBe(true)
  expect(visitor.valueOf('Email')).toBe(person.email)
  // Back and a reload find a page, not the answer to a form.
  expect([visitor.method, visitor.path]).toEqual(['GET', '/register'])
  await visitor.open('/register')
  expect(visitor.valueOf('Email')).toBe('')
  await visitor.send('Create account', { Email: person.email, Password: 'short', 'Display name': 'Lin' })
  await visitor.send('Create account', { Password: person.password })
  expect(visitor.path).toBe('/account?notice=welcome')
  expect(visitor.text).toContain(person.email)
})

test('without JavaScript a password is changed after a mistake', async ({ newcomer, baseURL }) => {
  const visitor = new PlainBrowser(baseURL)
  await visitor.logIn(newcomer)
  await visitor.follow('Password')
  const change = { 'Current password': 'not it', 'New password': newPassword }
  await visitor.send('Change password', change)
  expect(visitor.descriptionOf('Current password')).toMatch(/not your current password/)
  expect(visitor.startsIn('Current password')).toBe(true)
  expect(visitor.html).not.toContain(newPassword)
  await visitor.send('Change password', { ...change, 'Current password': newcomer.password })
  expect(visitor.text).toContain('Your password is changed.')
})

test('without JavaScript and cookies a login says why it is not kept', async ({ newcomer, baseURL }) => {
  const visitor = new PlainBrowser(baseURL, { keepsCookies: false })
  await visitor.open('/login?next=/account/password')
  await visitor.send('Log in', { Email: newcomer.email, Password: newcomer.password })
  expect(visitor.text).toContain('Your browser did not keep your login.')
  expect(visitor.path).toBe('/login?notice=not-kept&next=%2Faccount%2Fpassword')
})

test('without JavaScript a profile is edited', async ({ newcomer, baseURL }) => {
  const visitor = new PlainBrowser(baseURL)
  await visitor.logIn(newcomer)
  await visitor.follow('Edit profile')
  await visitor.send('Save profile', { 'About you': 'One\nTwo' })
  expect(visitor.text).toContain('Your profile is saved.')
  expect(visitor.text).toContain('One Two')
})

test('without JavaScript a refused text too long for a cookie is kept', async ({ newcomer, baseURL }) => {
  const visitor = new PlainBrowser(baseURL)
  await visitor.logIn(newcomer)
  await visitor.follow('Edit profile')
  const text = randomBytes(10_000).toString('base64')
  await visitor.send('Save profile', { 'Display name': 'Lin', 'About you': text })
  expect(visitor.descriptionOf('About you')).toMatch(/At most 2,000/)
  expect([visitor.method, visitor.valueOf('Display name')]).toEqual(['POST', 'Lin'])
  expect(visitor.valueOf('About you')).toBe(text)
  await visitor.send('Save profile', { 'About you': 'One' })
  expect(visitor.text).toContain('Your profile is saved.')
  expect(visitor.text).toContain('Lin')
})

test('without JavaScript the link changes the email', async ({ accounts, newcomer, baseURL }) => {
  const email = `new-${newcomer.email}`
  const visitor = new PlainBrowser(baseURL)
  await visitor.logIn(newcomer)
  await visitor.follow('Change your email')
  await visitor.send('Send the mail', { 'New email': email, 'Current password': 'not it' })
  expect(visitor.descriptionOf('Current password')).toMatch(/not your current password/)
  await visitor.send('Send the mail', { 'New email': email, 'Current password': newcomer.password })
  expect(visitor.text).toContain(`We sent a mail to ${email}.`)
  const { path } = await readMailSecrets(accounts.db, email, '/change-email')
  await visitor.open(path)
  expect(visitor.has('Code from the mail')).toBe(false)
  await visitor.send('Use this email')
  expect(visitor.heading).toBe('Your email has changed')
  await visitor.follow('Go to your account')
  expect(visitor.text).toContain(email)
})

test('without JavaScript the old mailbox undoes a change', async ({ accounts, newcomer, baseURL }) => {
  const email = `new-${newcomer.email}`
  const visitor = new PlainBrowser(baseURL)
  await visitor.logIn(newcomer)
  await visitor.open('/account/email')
  await visitor.send('Send the mail', { 'New email': email, 'Current password': newcomer.password })
  const { code } = await readMailSecrets(accounts.db, email)
  await visitor.send('Continue', { 'Code from the mail': code })
  expect(visitor.heading).toBe('Your email has changed')

  const owner = new PlainBrowser(baseURL)
  const notice = await readMailSecrets(accounts.db, newcomer.email, '/undo')
  await owner.open(notice.path)
  await owner.send('Undo the change')
  expect(owner.descriptionOf('Code from the mail')).toMatch(/Type the code from the mail/)
  await owner.send('Undo the change', { 'Code from the mail': notice.code })
  expect(owner.heading).toBe('The change is undone')
  await visitor.open('/account')
  expect(visitor.path).toMatch(/^\/login/)

  const recovery = await readMailSecrets(accounts.db, newcomer.email)
  await owner.open(recovery.path)
  await owner.send('Continue', { 'Code from the mail': recovery.code })
  await owner.send('Change password', { 'New password': newPassword })
  await owner.logIn({ email: newcomer.email, password: newPassword })
})

/** Asks for the mail of a reset, and arrives at the page that waits for it. */
async function askReset(visitor: PlainBrowser, email: string): Promise<void> {
  await visitor.open('/forgot-password')
  await visitor.send('Send the mail', { Email: email })
  expect(visitor.text).toContain(`We sent a mail to ${email}.`)
}

async function choosePassword(visitor: PlainBrowser, email: string): Promise<void> {
  await visitor.send('Change password', { 'New password': newPassword })
  expect(visitor.text).toContain('Your password has changed.')
  await visitor.logIn({ email, password: newPassword })
}

test('without JavaScript the link sets another password', async ({ accounts, newcomer, baseURL }) => {
  const visitor = new PlainBrowser(baseURL)
  await askReset(visitor, newcomer.email)
  await visitor.open((await readMailSecrets(accounts.db, newcomer.email)).path)
  expect(visitor.has('Code from the mail')).toBe(false)
  await visitor.send('Continue')
  expect(visitor.path).toBe('/reset-password')
  await choosePassword(visitor, newcomer.email)
})

test('without JavaScript the code resets where it was asked for', async ({ accounts, newcomer, baseURL }) => {
  const visitor = new PlainBrowser(baseURL)
  await askReset(visitor, newcomer.email)
  const { code } = await readMailSecrets(accounts.db, newcomer.email)
  await visitor.send('Continue', { 'Code from the mail': otherThan(code) })
  expect(visitor.text).toContain('This code does not fit.')
  await visitor.send('Continue', { 'Code from the mail': code })
  expect(visitor.path).toBe('/reset-password')
  await choosePassword(visitor, newcomer.email)
})

test('without JavaScript another browser needs the code', async ({ accounts, newcomer, baseURL }) => {
  await askReset(new PlainBrowser(baseURL), newcomer.email)
  const { path, code } = await readMailSecrets(accounts.db, newcomer.email)
  const other = new PlainBrowser(baseURL)
  await other.open(path)
  await other.send('Continue')
  expect(other.text).toContain('asked for in another browser')
  await other.send('Continue', { 'Code from the mail': otherThan(code) })
  expect(other.text).toContain('This code does not fit.')
  expect(other.has('New password')).toBe(false)
  await other.send('Continue', { 'Code from the mail': `${code.slice(0, 3)} ${code.slice(3)}` })
  await choosePassword(other, newcomer.email)
})

test('without JavaScript an ended session leads to login and back', async ({ newcomer, baseURL }) => {
  const visitor = new PlainBrowser(baseURL)
  await visitor.logIn(newcomer)
  await visitor.follow('Password')
  await createAuthClient({ url: `${apiUrl}/api/trpc` }).auth.logout.mutate({ refresh: visitor.refreshToken })
  const change = { 'Current password': newcomer.password, 'New password': newPassword }
  await visitor.send('Change password', change)
  expect(visitor.text).toContain('Your session has ended. Please log in again.')
  expect(visitor.refreshToken).toBe('')
  await visitor.send('Log in', { Email: newcomer.email, Password: newcomer.password })
  expect(visitor.path).toBe('/account/password')
})
