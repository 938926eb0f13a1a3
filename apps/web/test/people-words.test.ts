import { z } from 'zod'
import { expect, test } from './fixtures.ts'
import { RegisterPage } from './register-page.ts'

test('password managers find the form and the rules of a password', async ({
  page,
  request,
  loginPage,
  newcomer,
}) => {
  const answer = await request.get('/.well-known/change-password', { maxRedirects: 0 })
  expect([answer.status(), answer.headers()['location']]).toEqual([307, '/account/password'])
  await loginPage.logIn(newcomer)
  await page.goto('/.well-known/change-password')
  await expect(page).toHaveURL('/account/password')
  const password = page.getByLabel('New password', { exact: true })
  await expect(password).toHaveAttribute('minlength', '8')
  await expect(password).toHaveAttribute('passwordrules', 'minlength: 8;')
})

const manifestSchema = z.object({ icons: z.array(z.object({ src: z.string() })) })

test('phones find the icons and the manifest, without a session', async ({ page, request }) => {
  await page.goto('/login')
  const hrefOf = async (rel: string) =>
    (await page.locator(`link[rel="${rel}"]`).first().getAttribute('href')) ?? ''
  const manifest = await request.get(await hrefOf('manifest'))
  const { icons } = manifestSchema.parse(await manifest.json())
  const paths = [await hrefOf('apple-touch-icon'), ...icons.map(({ src }) => src)]
  expect(paths).toHaveLength(5)
  for (const path of paths) {
    const icon = await request.get(path)
    expect([icon.status(), icon.headers()['content-type']]).toEqual([200, 'image/png'])
  }
})

test('an email without an @ is told before it is sent', async ({ page, loginPage }) => {
  const posts: string[] = []
  page.on('request', (sent) => {
    if (sent.method() === 'POST') posts.push(sent.url())
  })
  await loginPage.open()
  await expect(loginPage.email).toBeFocused()
  await loginPage.email.fill('ada.example.com')
  await page.keyboard.press('Tab')
  await expect(loginPage.email).toHaveAccessibleDescription('An email has an @, as in name@example.com.')
  await loginPage.email.fill('ada@example.com')
  await expect(loginPage.email).toHaveAttribute('aria-invalid', 'false')
  expect(posts).toEqual([])
})

test('all faults of a form are told at once, in people’s words', async ({ page }) => {
  const form = new RegisterPage(page)
  await page.goto('/register')
  await form.password.fill('short')
  await form.displayName.fill('x'.repeat(101))
  await form.button.click()
  await expect(form.email).toHaveAccessibleDescription('Enter your email address.')
  await expect(form.password).toHaveAccessibleDescription(/Use at least 8 characters\./)
  await expect(form.displayName).toHaveAccessibleDescription(/At most 100 characters fit here\./)
  await expect(form.email).toBeFocused()
})

test('on a touch screen no field opens the keyboard', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL: baseURL ?? '', hasTouch: true, isMobile: true })
  const page = await context.newPage()
  await page.goto('/login')
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('form') ?? {}).some((key) => key.startsWith('__reactProps')),
  )
  await expect(page.getByLabel('Email')).not.toBeFocused()
  await context.close()
})
