import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expectNoViolation } from './axe.ts'
import { accountPages, flyersPages, openState, type State, strangersPages } from './every-page.ts'
import { expect, test } from './fixtures.ts'
import { test as withFlyers } from './flyers-stack.ts'
import { enlarge, expectShapesInForcedColors, expectTextToFit } from './large-type.ts'
import { logInElsewhere } from './other-device.ts'
import { readSessionId } from './session-claims.ts'

const firefox = 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'

async function expectToBeReadable(page: Page, states: State[]): Promise<void> {
  for (const state of states) {
    await openState(page, state)
    await expectNoViolation(page, state.name)
    await expectShapesInForcedColors(page, state.name)
    await enlarge(page)
    await expectTextToFit(page, state.name)
  }
}

test.describe('axe finds nothing, large type fits, forced colours keep shapes', () => {
  test('on the pages of a stranger', async ({ page }) => {
    await expectToBeReadable(page, strangersPages)
  })

  test('on the pages of the account', async ({ page, loginPage, newcomer, accounts, context }) => {
    await logInElsewhere(newcomer, firefox)
    await loginPage.logIn(newcomer)
    await accounts.db
      .updateTable('sessions')
      .set({ reused_at: new Date() })
      .where('id', '=', await readSessionId(context))
      .execute()
    await expectToBeReadable(page, accountPages)
  })

  withFlyers('on the pages of the flyers', async ({ page, loginPage, newcomer }) => {
    await postFlyer(page, () => loginPage.logIn(newcomer))
    await expectToBeReadable(page, flyersPages)
  })
})

async function postFlyer(page: Page, logIn: () => Promise<void>): Promise<void> {
  await logIn()
  await page.goto('/flyers?post')
  await page.getByLabel('Title').fill('Bicycle repair café')
  await page.getByRole('button', { name: 'Post flyer' }).click()
  await page.getByText('Your flyer is posted.').waitFor()
}

test('the list of pages has every page of the app', () => {
  const app = fileURLToPath(new URL('../src/app', import.meta.url))
  const routes = globSync('**/page.tsx', { cwd: app }).map((file) => `/${file.replace(/\/?page\.tsx$/, '')}`)
  const listed = [...strangersPages, ...accountPages, ...flyersPages].map(({ path }) => path.split('?')[0])
  // The front page shows nothing: it redirects.
  expect(routes.filter((route) => route !== '/' && !listed.includes(route))).toEqual([])
  expect(routes.length).toBeGreaterThan(10)
})
