import { extractText } from 'unpdf'
import { addDevices } from '../devices.ts'
import { people } from '../people.ts'
import { expect, test, useEngine } from './fixtures.ts'
import { firefox, launchFirefox, toTab } from './firefox.ts'
import { Visitor } from './visitor.ts'

/** What Firefox does otherwise than Chromium. */

useEngine(firefox)

test('on paper no device is missing', async ({ secure, newcomer, accounts }) => {
  const browser = await launchFirefox()
  const page = await browser.newPage()
  const visitor = new Visitor(toTab(page, secure.url))
  await visitor.logIn(newcomer)
  await addDevices(accounts.db, newcomer.email, 40)
  await visitor.open('/account/sessions?all')
  const { text, totalPages } = await extractText(new Uint8Array(await page.pdf({ format: 'A4' })), {
    mergePages: true,
  })
  await browser.close()
  expect(totalPages).toBeGreaterThan(2)
  expect(text.match(/Firefox on Linux/g)).toHaveLength(41)
})

test('times are in UTC, and say so, where Firefox hides the zone', async ({ secure, newcomer }) => {
  const browser = await launchFirefox({ 'privacy.resistFingerprinting': true })
  const visitor = new Visitor(toTab(await browser.newPage(), secure.url))
  await visitor.logIn(newcomer)
  await visitor.open('/account/sessions')
  await visitor.sees('This device')
  const times = await visitor.tab.evaluate(() =>
    Array.from(document.querySelectorAll('time'), (time) => time.textContent),
  )
  await browser.close()
  expect(times.length).toBeGreaterThan(0)
  for (const time of times) expect(time).toMatch(/UTC$/)
})

test('Back to a refused form shows it, without scripts too', async ({ secure }) => {
  const browser = await launchFirefox()
  const page = await browser.newPage()
  await page.setRequestInterception(true)
  page.on('request', (request) => (request.url().endsWith('.js') ? request.abort() : request.continue()))
  const visitor = new Visitor(toTab(page, secure.url))
  await visitor.open('/login')
  await visitor.enter({ Email: people.ada.email, Password: 'not it' })
  await visitor.press('Log in')
  await visitor.sees('That email and password do not match.')
  expect(await visitor.valueOf('email')).toBe(people.ada.email)
  await visitor.open('/register')
  await visitor.tab.back()
  await visitor.sees('Good to see you again.')
  await browser.close()
})
