import { languages } from '@pockitflyer/languages'
import type { Page } from '@playwright/test'
import { startTestApi } from '@pockitflyer/testing'
import { fillText } from '@pockitflyer/auth-protocol/errors'
import { allTexts } from '../src/texts/all-texts.ts'
import { expectNoViolation } from './axe.ts'
import { listAccountPages, listFlyersPages, listStrangersPages, openState, type State } from './every-page.ts'
import { expect, test } from './fixtures.ts'
import { test as flyersTest } from './flyers-stack.ts'
import { tabTo } from './keys.ts'
import { enlarge, expectTextToFit } from './large-type.ts'
import { expectTextsOf } from './language-of-page.ts'
import { logInElsewhere } from './other-device.ts'
import { makePerson } from './people.ts'
import { startWeb } from './web-server.ts'

const firefox = 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'

for (const language of languages) {
  test.describe(`in ${language}`, () => {
    test.use({ locale: language })

    const direction = language === 'ar' ? 'rtl' : 'ltr'
    const texts = allTexts[language]

    async function expectPages(page: Page, states: State[], data: string[]): Promise<void> {
      for (const state of states) {
        await page.setViewportSize({ width: 320, height: 640 })
        await openState(page, state)
        await expect(page.locator('html')).toHaveAttribute('lang', language)
        await expect(page.locator('html')).toHaveAttribute('dir', direction)
        await expectTextsOf(page, { language, data, what: state.name })
        await expectTextToFit(page, state.name)
        if (language === 'ar') await expectNoViolation(page, state.name)
        await enlarge(page)
        await expectTextToFit(page, `${state.name}, large`)
      }
    }

    test('the pages of a stranger have its texts alone, which fit', async ({ page }) => {
      await expectPages(page, listStrangersPages(texts), ['a-link'])
    })

    test('the pages of the account have its texts alone, which fit', async ({
      page,
      loginPage,
      newcomer,
    }) => {
      await logInElsewhere(newcomer, firefox)
      await loginPage.logIn(newcomer)
      await expectPages(page, listAccountPages(texts), [newcomer.email, newcomer.display_name])
    })

    flyersTest('the flyers have its texts alone, which fit', async ({ page, loginPage, newcomer, stack }) => {
      const { flyerForm, flyers } = texts
      const post = (title: string) => async () => {
        await page.getByLabel(flyerForm.title).fill(title)
        await page.getByRole('button', { name: flyerForm.post }).click()
      }
      const tooLong = async () => {
        await post('x'.repeat(121))()
        await expect(page.getByLabel(flyerForm.title)).toHaveAttribute('aria-invalid', 'true')
      }
      const posted = async () => {
        await post('12 ferries')()
        await expect(page.getByText(flyers.posted)).toBeVisible()
      }
      const data = [newcomer.email, newcomer.display_name, '12 ferries']
      await loginPage.logIn(newcomer)
      await expectPages(
        page,
        [
          ...listFlyersPages(texts),
          { name: 'flyer form, too long', path: '/flyers?post', act: tooLong },
          { name: 'flyer, posted', path: '/flyers?post', act: posted },
        ],
        data,
      )
      await stack.gate.shut()
      await expectPages(page, [{ name: 'flyers, out of reach', path: '/flyers' }], data)
    })
  })
}

test.describe('from right to left', () => {
  test.use({ locale: 'ar' })

  test('the keyboard alone creates an account, in the order of the page', async ({ page }) => {
    const { forms, registerForm, login, account } = allTexts.ar
    const person = makePerson()
    await page.goto('/login')
    await tabTo(page, login.register)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL('/register')
    await tabTo(page, forms.email)
    await page.keyboard.type(person.email)
    await tabTo(page, registerForm.password)
    await page.keyboard.type(person.password)
    await page.keyboard.press('Enter')
    await expect(page.getByText(account.welcome)).toBeVisible()
  })
})

test('a wait counts down in the page’s language, not the service’s', async ({ browser, newcomer }) => {
  const api = await startTestApi(process.env['TEST_STACK_DATABASE_URL'] ?? '', {
    RATE_LIMITS: 'on',
    LOGIN_FAILURES_PER_DEVICE: '1/1d',
    TRUSTED_PROXIES: 'loopback',
    LANGUAGES: 'de,en',
  })
  const web = await startWeb(api.url, { TRUSTED_PROXIES: 'loopback' })
  const headers = { 'x-forwarded-for': '203.0.113.77' }
  try {
    for (const locale of ['de', 'es'] as const) {
      const { forms, loginForm, failures, registerForm, fieldErrors } = allTexts[locale]
      const page = await browser.newPage({ baseURL: web.url, extraHTTPHeaders: headers, locale })
      await page.goto('/register')
      await page.getByLabel(forms.email).fill('new@example.com')
      await page.getByLabel(registerForm.password, { exact: true }).fill('password123')
      await page.getByRole('button', { name: registerForm.submit }).click()
      await expect(page.getByText(fieldErrors.tooCommon)).toBeVisible()

      await page.goto('/login')
      const notice = page.getByText(fillText(failures.throttled, { time: '' }).replace(/\.$/, ''))
      await expect(async () => {
        await page.getByLabel(forms.email).fill(newcomer.email)
        await page.getByLabel(loginForm.password, { exact: true }).fill('a guess')
        await page.getByRole('button', { name: loginForm.submit }).click()
        await expect(notice).toBeVisible({ timeout: 1000 })
      }).toPass()
      const [before = ''] = forms.wait.split('{time}')
      await expect(page.getByText(before).filter({ hasText: /\d\d:\d\d:\d\d/ })).toBeVisible()
      await page.close()
    }
  } finally {
    await web.stop()
    await api.stop()
  }
})
