import { expect, test } from './fixtures.ts'
import { people } from './people.ts'

test('on a phone nothing scrolls sideways and controls are 44 px high', async ({ page, loginPage }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const expectToFit = async (width = 390) => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    for (const target of await page
      .locator('button, input:not([type=hidden], [hidden]), textarea, a')
      .filter({ visible: true })
      .all()) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    }
  }
  await loginPage.open()
  await expectToFit()
  await loginPage.button.click()
  await expect(loginPage.email).toBeFocused()
  await expectToFit()
  await page.setViewportSize({ width: 320, height: 600 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await loginPage.logIn(people.grace)
  for (const path of ['/account', '/account?edit', '/account/sessions', '/account/password']) {
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 844 })
      await page.goto(path)
      await expectToFit(width)
    }
  }
})
