import { removeDevices } from '../devices.ts'
import { expect, inEachEngine, test } from './fixtures.ts'

/** What a page says first, and the times in it, in Firefox and WebKit. */

inEachEngine(() => {
  test('a logout loads a page whose title and status say so', async ({ visitor, newcomer }) => {
    const { tab } = visitor
    await visitor.logIn(newcomer)
    // A password manager fills in what a loaded page brings. What a page held is gone with it.
    await tab.evaluate(() => void (document.documentElement.dataset['before'] = 'true'))
    await visitor.press('Log out')
    await visitor.sees('You are logged out.')
    expect(await tab.evaluate(() => document.documentElement.dataset['before'])).toBeFalsy()
    expect(await tab.evaluate(() => document.title)).toMatch(/^You are logged out\. /)
    expect(await tab.readRole('status')).toContain('You are logged out.')
  })

  test('a session that has ended is told in title and status', async ({ visitor, newcomer, accounts }) => {
    const { tab } = visitor
    await visitor.logIn(newcomer)
    await visitor.open('/account/password')
    await removeDevices(accounts.db, newcomer.email)
    await tab.reload()
    await visitor.sees('Your session has ended. Please log in again.')
    expect(await tab.evaluate(() => document.title)).toMatch(/^Your session has ended\. /)
    expect(await tab.readRole('status')).toContain('Your session has ended. Please log in again.')
    await visitor.isAt('/login?next=%2Faccount%2Fpassword')
    await tab.reload()
    await visitor.sees('Good to see you again.')
    expect(await visitor.read()).not.toContain('Your session has ended.')
  })

  test('a saved form is told once, and not after a reload', async ({ visitor, newcomer }) => {
    await visitor.logIn(newcomer)
    await visitor.follow('Edit profile')
    await visitor.press('Save profile')
    await visitor.sees('Your profile is saved.')
    expect(await visitor.tab.readRole('status')).toContain('Your profile is saved.')
    await visitor.isAt('/account')
    await visitor.tab.reload()
    await visitor.sees(newcomer.email)
    expect(await visitor.read()).not.toContain('Your profile is saved.')
  })

  test('a time keeps its order amid text from right to left', async ({ visitor, newcomer }) => {
    await visitor.logIn(newcomer)
    await visitor.follow('Devices')
    await visitor.sees('This device')
    const places = await visitor.tab.evaluate(() => {
      document.documentElement.dir = 'rtl'
      return Array.from(document.querySelectorAll('time'), (time) => {
        const text = time.querySelector('span')?.firstChild
        const range = document.createRange()
        if (text === null || text === undefined) return []
        return [0, (text.textContent?.length ?? 0) - 1].map((place) => {
          range.setStart(text, place)
          range.setEnd(text, place + 1)
          return range.getBoundingClientRect().left
        })
      })
    })
    expect(places.length).toBeGreaterThan(0)
    for (const [first = 0, last = 0] of places) expect(first).toBeLessThan(last)
  })
})
