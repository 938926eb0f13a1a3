import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { people } from './people.ts'

/** The animation of the account's sheet. */
const motionOf = (page: Page) =>
  page.getByRole('main').evaluate((sheet) => getComputedStyle(sheet).animationName)

test('a login pins the sheet up once; opened pages stand still', async ({ page, loginPage }) => {
  await loginPage.logInByForm(people.ada)
  expect(await motionOf(page)).toBe('pin-up')
  await page.reload()
  expect(await motionOf(page)).toBe('none')
  await page.getByRole('link', { name: 'Devices' }).click()
  await expect(page).toHaveURL('/account/sessions')
  expect(await motionOf(page)).toBe('none')
})

test('a login moves nothing for who wants less motion', async ({ page, loginPage }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await loginPage.logInByForm(people.ada)
  expect(await motionOf(page)).toBe('none')
  await page.emulateMedia({ reducedMotion: null })
})

test('the face of headings has at most 25 kB and moves nothing', async ({ page, loginPage }) => {
  const sizes: number[] = []
  await page.route('**/*.woff2', async (route) => {
    // The page is painted in the face of the system first.
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const answer = await route.fetch()
    sizes.push((await answer.body()).byteLength)
    await route.fulfill({ response: answer })
  })
  await page.addInitScript(() => {
    globalThis.shifts = []
    new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries())).observe({
      type: 'layout-shift',
      buffered: true,
    })
  })
  await loginPage.open()
  const isThere = () => page.evaluate(() => document.fonts.check('700 32px heading'))
  await expect.poll(isThere).toBe(true)
  const family = await page
    .getByRole('heading', { level: 1 })
    .evaluate((heading) => getComputedStyle(heading).fontFamily)
  expect(family).toMatch(/^heading, "heading Fallback", /)
  expect(sizes).toHaveLength(1)
  expect(sizes[0]).toBeLessThanOrEqual(25_000)
  expect(await page.evaluate(() => globalThis.shifts.length)).toBe(0)
})

test('a phone shows the sheet alone, without board and tabs', async ({ page, loginPage }) => {
  await loginPage.open()
  const decoration = () =>
    page.evaluate(() => {
      const parts = [
        ['.board', '::before'],
        ['.pinned', '::before'],
        ['.tear-off', '::after'],
      ] as const
      return parts.map(([selector, part]) => {
        const element = document.querySelector(selector)
        return element && getComputedStyle(element, part).display
      })
    })
  await page.setViewportSize({ width: 480, height: 800 })
  expect(await decoration()).toEqual(['block', 'block', 'block'])
  await page.setViewportSize({ width: 479, height: 800 })
  expect(await decoration()).toEqual(['none', 'none', 'none'])
  const width = await page.evaluate(() => document.body.clientWidth)
  expect(await page.locator('main > div').boundingBox()).toMatchObject({ x: 0, y: 0, width })
})

test('light and dark each have a picture of their own', async ({ page, loginPage }) => {
  await loginPage.open()
  const picture = () =>
    page.locator('.board').evaluate((board) => getComputedStyle(board, '::before').backgroundImage)
  const light = await picture()
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await picture()
  await page.emulateMedia({ colorScheme: 'light' })
  expect(light).toMatch(/\/board\.[^/]+\.svg/)
  expect(dark).toMatch(/\/board-dark\.[^/]+\.svg/)
})

test('nothing is printed through a filter, which loses rows in Firefox', async ({ page, loginPage }) => {
  await page.emulateMedia({ media: 'print' })
  await loginPage.open()
  const filters = await page.evaluate(() =>
    Array.from(document.querySelectorAll('body *'), (element) => getComputedStyle(element).filter),
  )
  expect(new Set(filters)).toEqual(new Set(['none']))
  await page.emulateMedia({ media: null })
})

declare global {
  var shifts: PerformanceEntry[]
}
