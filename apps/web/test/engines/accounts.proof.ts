import { readMailSecrets } from '../mailbox.ts'
import { logInElsewhere } from '../other-device.ts'
import { makePerson } from '../people.ts'
import { expect, inEachEngine, test } from './fixtures.ts'

/** The main ways through an account, in Firefox and WebKit. */

const newPassword = 'another flyer on the wall'
const otherBrowser = 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'

inEachEngine(() => {
  test('a visitor registers, edits the profile and changes the password', async ({ visitor }) => {
    const { email, password } = makePerson()
    await visitor.open('/register')
    await visitor.enter({ Email: email, Password: 'short' })
    await visitor.press('Create account')
    await visitor.sees('This password is too short.')
    await visitor.enter({ Password: password })
    await visitor.press('Create account')
    await visitor.sees('Your account is ready.', email)

    await visitor.follow('Edit profile')
    await visitor.enter({ 'Display name': 'Lin', 'About you': 'I draw.' })
    await visitor.press('Save profile')
    await visitor.sees('Your profile is saved.', 'Lin', 'I draw.')

    await visitor.follow('Password')
    await visitor.enter({ 'Current password': 'not it', 'New password': newPassword })
    await visitor.press('Change password')
    await visitor.sees('This is not your current password.')
    await visitor.enter({ 'Current password': password, 'New password': newPassword })
    await visitor.press('Change password')
    await visitor.sees('Your password is changed.')

    await visitor.press('Log out')
    await visitor.sees('You are logged out.')
    await visitor.logIn({ email, password: newPassword })
  })

  test('a login outlasts a reload, and a logout ends it', async ({ visitor, newcomer }) => {
    await visitor.open('/account/sessions')
    await visitor.isAt('/login?next=%2Faccount%2Fsessions')
    await visitor.enter({ Email: newcomer.email, Password: 'not it' })
    await visitor.press('Log in')
    await visitor.sees('That email and password do not match.')
    expect(await visitor.valueOf('email')).toBe(newcomer.email)
    await visitor.enter({ Password: newcomer.password })
    await visitor.press('Log in')
    await visitor.isAt('/account/sessions')
    await visitor.tab.reload()
    await visitor.sees('This device')
    await visitor.press('Log out')
    await visitor.sees('You are logged out.')
    await visitor.tab.back()
    await visitor.sees('Good to see you again.')
    await visitor.open('/account')
    await visitor.isAt('/login')
  })

  test('a device is logged out, and all others', async ({ visitor, newcomer }) => {
    const devices = [
      await logInElsewhere(newcomer, otherBrowser),
      await logInElsewhere(newcomer, otherBrowser),
    ]
    await visitor.logIn(newcomer)
    await visitor.follow('Devices')
    await visitor.press('Log out (Firefox on Android)')
    await visitor.sees('That device is logged out.')
    await visitor.press('Log out everywhere else')
    await visitor.sees('You are logged out everywhere else.', 'You are logged in nowhere else.')
    for (const device of devices) expect(await device.isLoggedIn()).toBe(false)
  })

  test('a mailed link resets the password', async ({ visitor, newcomer, accounts }) => {
    await visitor.open('/login')
    await visitor.follow('Forgot password?')
    await visitor.enter({ Email: newcomer.email })
    await visitor.press('Send the mail')
    await visitor.sees(`We sent a mail to ${newcomer.email}.`)
    await visitor.open((await readMailSecrets(accounts.db, newcomer.email)).path)
    await visitor.press('Continue')
    await visitor.isAt('/reset-password')
    await visitor.enter({ 'New password': newPassword })
    await visitor.press('Change password')
    await visitor.sees('Your password has changed.')
    await visitor.logIn({ email: newcomer.email, password: newPassword })
  })
})
