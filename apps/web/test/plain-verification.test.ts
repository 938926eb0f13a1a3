import { expect } from '@playwright/test'
import { readMailSecrets } from './mailbox.ts'
import { makePerson, type Person } from './people.ts'
import { PlainBrowser } from './plain-browser.ts'
import { test } from './verifying-stack.ts'

/** What forms do without JavaScript is plain HTTP: these tests send it without a browser. */

const verifyPath = '/verify-email'

async function register(visitor: PlainBrowser): Promise<Person> {
  const person = makePerson()
  await visitor.open('/register')
  await visitor.send('Create account', {
    Email: person.email,
    Password: person.password,
    'Display name': person.display_name,
  })
  expect(visitor.text).toContain(`We sent a mail to ${person.email}.`)
  return person
}

test('without JavaScript the link confirms the registration', async ({ verifying: { url, db } }) => {
  const visitor = new PlainBrowser(url)
  const person = await register(visitor)
  await visitor.open((await readMailSecrets(db, person.email, verifyPath)).path)
  await visitor.send('Confirm this email')
  expect(visitor.path).toBe('/login?notice=email-verified')
  await visitor.logIn(person)
})

test('without JavaScript another browser confirms with the code', async ({ verifying: { url, db } }) => {
  const person = await register(new PlainBrowser(url))
  const { path, code } = await readMailSecrets(db, person.email, verifyPath)
  const other = new PlainBrowser(url)
  await other.open(path)
  await other.send('Show who registered')
  expect(other.text).toContain('Did you register?')
  expect(other.text).toContain('Chrome on Linux')
  await other.send('Confirm with the code', { 'Code from the mail': code })
  expect(other.path).toBe('/login?notice=email-verified')
})

test('without JavaScript the reader deletes a registration with the code', async ({
  verifying: { url, db },
}) => {
  const visitor = new PlainBrowser(url)
  const person = await register(visitor)
  const { path, code } = await readMailSecrets(db, person.email, verifyPath)
  const other = new PlainBrowser(url)
  await other.open(path)
  await other.send('Show who registered')
  await other.send('It was not me: delete it')
  expect(other.text).toContain('This code does not fit.')
  await other.send('It was not me: delete it', { 'Code from the mail': code })
  expect(other.heading).toBe('It is deleted')
  await visitor.open(path)
  await visitor.send('Confirm this email')
  expect(visitor.path).toBe('/verify-email?over=invalid')
})
