import type { Page } from '@playwright/test'
import { accountPages, flyersPages, openState } from './every-page.ts'
import { expect, test } from './fixtures.ts'
import { test as withFlyers } from './flyers-stack.ts'

const sizes = [
  { width: 1280, height: 860 },
  { width: 768, height: 860 },
  { width: 390, height: 844 },
]

/** Where the navigation, its links and the logout button stand. */
async function measureFrame(page: Page) {
  const links = await page.getByRole('navigation').getByRole('link').all()
  const fixed = [page.getByRole('navigation'), page.getByRole('banner').getByRole('button'), ...links]
  return Promise.all(fixed.map((element) => element.boundingBox()))
}

test('the navigation stands at the same place on every account page', async ({
  page,
  loginPage,
  newcomer,
}) => {
  await loginPage.logIn(newcomer)
  for (const size of sizes) {
    await page.setViewportSize(size)
    await page.goto('/account')
    const frame = await measureFrame(page)
    expect(frame).not.toContain(null)
    for (const state of accountPages) {
      await openState(page, state)
      expect(await measureFrame(page), `${state.name}, ${size.width} px`).toEqual(frame)
    }
  }
})

test('the sheet of an account page has 640 px on a desktop', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  for (const width of [960, 1024, 1280, 1920]) {
    await page.setViewportSize({ width, height: 860 })
    for (const state of accountPages) {
      await openState(page, state)
      const sheet = await page.getByRole('main').boundingBox()
      expect(sheet?.width, `${state.name}, ${width} px`).toBeGreaterThanOrEqual(640)
    }
  }
})

test('the navigation marks its page, also beneath it', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  const current = page.getByRole('navigation').locator('[aria-current=page]')
  for (const [path, name] of [
    ['/account', 'Profile'],
    ['/account/email', 'Profile'],
    ['/account/sessions', 'Devices'],
    ['/account/password', 'Password'],
  ] as const) {
    await page.goto(path)
    await expect(current).toHaveText([name])
  }
})

withFlyers('the flyers stand in the same frame', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.setViewportSize({ width: 1280, height: 860 })
  await page.goto('/account')
  const frame = await measureFrame(page)
  for (const state of flyersPages) {
    await openState(page, state)
    expect(await measureFrame(page), state.name).toEqual(frame)
    await expect(page.getByRole('navigation').locator('[aria-current=page]')).toHaveText(['Flyers'])
  }
})
