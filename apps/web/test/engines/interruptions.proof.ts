import { makePerson } from '../people.ts'
import { isTakenOver, replaceTexts } from '../translator.ts'
import { expect, inEachEngine, test } from './fixtures.ts'
import type { Visitor } from './visitor.ts'

/** What comes between a person and a form, in Firefox and WebKit. */

async function openTranslated(visitor: Visitor, path: string): Promise<void> {
  await visitor.open(path)
  await expect.poll(() => visitor.tab.evaluate(isTakenOver)).toBe(true)
  await visitor.tab.evaluate(replaceTexts)
}

/** Opens a page in another tab, and waits until its scripts have told the first tab. */
async function openBeside(visitor: Visitor, path: string): Promise<Visitor> {
  const { tab } = visitor
  await tab.evaluate(() =>
    new BroadcastChannel('pf-session').addEventListener('message', () => {
      document.documentElement.dataset['told'] = 'true'
    }),
  )
  const other = await visitor.openTab()
  await other.open(path)
  await expect.poll(() => tab.evaluate(() => document.documentElement.dataset['told'])).toBe('true')
  return other
}

inEachEngine(() => {
  test('a translated page sends its forms, with wrong and right input', async ({ visitor, newcomer }) => {
    await openTranslated(visitor, '/login')
    await visitor.press('Log in')
    await visitor.sees('Enter your email address.', 'Enter your password.')
    await visitor.enter({ Email: newcomer.email, Password: 'not it' })
    await visitor.press('Log in')
    await visitor.sees('That email and password do not match.')
    await visitor.enter({ Password: newcomer.password })
    await visitor.press('Log in')
    await visitor.isAt('/account')

    await openTranslated(visitor, '/account?edit')
    await visitor.enter({ 'Display name': ' ' })
    await visitor.press('Save profile')
    await visitor.sees('Enter a name.')
    await visitor.enter({ 'Display name': 'Lin', 'About you': 'I draw.' })
    await visitor.press('Save profile')
    await visitor.sees('Your profile is saved.', 'I draw.')
    await visitor.press('Log out')
    await visitor.sees('You are logged out.')
  })

  test('a stale tab changes nothing of another account', async ({ visitor, newcomer, accounts }) => {
    const other = makePerson()
    await accounts.add(other)
    await visitor.logIn(newcomer)
    const stale = await openBeside(visitor, '/account?edit')
    // It sleeps, as a tab on a phone: it does not see that another user came.
    await stale.tab.evaluate(() => {
      const { cookie } = document
      Object.defineProperty(document, 'cookie', { get: () => cookie })
    })
    await visitor.press('Log out')
    await visitor.sees('You are logged out.')
    await visitor.logIn(other)
    await stale.enter({ 'Display name': 'Stale' })
    await stale.press('Save profile')
    await stale.sees(`You are logged in as ${other.email} now. Nothing was saved.`)
    expect(await stale.valueOf('display_name')).toBe('Stale')
    await visitor.open('/account')
    await visitor.sees(other.display_name)
  })

  test('every tab sees the logout of one', async ({ visitor, newcomer }) => {
    await visitor.logIn(newcomer)
    const other = await openBeside(visitor, '/account/password')
    await visitor.press('Log out')
    await visitor.sees('You are logged out.')
    await other.isAt('/login?next=%2Faccount%2Fpassword')
  })

  test('offline a form keeps what was typed, and sends it on request', async ({ visitor, newcomer }) => {
    await visitor.open('/login')
    await visitor.enter({ Email: newcomer.email, Password: newcomer.password })
    await visitor.tab.setOffline(true)
    await visitor.press('Log in')
    await visitor.sees('You seem to be offline. Nothing was sent.')
    expect(await visitor.valueOf('email')).toBe(newcomer.email)
    expect(await visitor.valueOf('password')).toBe(newcomer.password)
    await visitor.tab.setOffline(false)
    await visitor.press('Log in')
    await visitor.isAt('/account')
  })

  test('a form that does not get through stays, with its text', async ({ visitor, secure, newcomer }) => {
    await visitor.logIn(newcomer)
    await visitor.open('/account?edit')
    await visitor.enter({ 'About you': 'I draw.' })
    await secure.gate.shut()
    try {
      await visitor.press('Save profile')
      await visitor.sees('The connection broke before our answer came.')
      expect(await visitor.valueOf('bio')).toBe('I draw.')
    } finally {
      await secure.gate.open()
    }
    await visitor.press('Save profile')
    await visitor.sees('Your profile is saved.', 'I draw.')
  })
})
