import { expect, test } from './fixtures.ts'
import { people } from './people.ts'
import { isTakenOver } from './translator.ts'

test('offline a form keeps what was typed, and sends it on request', async ({ page, context, loginPage }) => {
  await loginPage.open()
  await loginPage.enter(people.ada)
  await context.setOffline(true)
  await loginPage.button.click()
  await expect(page.getByText('You seem to be offline. Nothing was sent.')).toBeVisible()
  await expect(loginPage.email).toHaveValue(people.ada.email)
  await expect(loginPage.password).toHaveValue(people.ada.password)
  await context.setOffline(false)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account')
})

test('offline before its last script came, a form keeps what was typed', async ({ page, loginPage }) => {
  const html = await (await page.request.get('/login')).text()
  await page.route('**/_next/static/chunks/**', (route, request) =>
    html.includes(new URL(request.url()).pathname) ? route.continue() : route.abort(),
  )
  await loginPage.open()
  await page.waitForFunction(isTakenOver)
  await loginPage.enter(people.ada)
  await loginPage.button.click()
  await expect(page.getByText('You seem to be offline. Nothing was sent.')).toBeVisible()
  await expect(loginPage.email).toHaveValue(people.ada.email)
  await expect(loginPage.password).toHaveValue(people.ada.password)
  await page.unroute('**/_next/static/chunks/**')
  await loginPage.button.click()
  await expect(page).toHaveURL('/account')
})

test('an answer cut off after a change reads as no failure', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account?edit')
  await page.getByLabel('About you').fill('I draw.')
  await page.route('/account?edit', async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    await route.fetch({ maxRedirects: 0 })
    return route.abort('connectionreset')
  })
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(page.getByText('It may have been saved: reload the page to see.')).toBeVisible()
  await expect(page.getByLabel('About you')).toHaveValue('I draw.')
  await page.getByRole('button', { name: 'Reload the page' }).click()
  await expect(page.getByText('It may have been saved')).toHaveCount(0)
  await expect(page.getByLabel('About you')).toHaveValue('I draw.')
  await page.goto('/account')
  await expect(page.getByText('I draw.')).toBeVisible()
})

const strangeAnswers = {
  'a proxy’s error page': { status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' },
  'a refusal in text': { status: 403, contentType: 'text/plain', body: 'No.' },
  'half of an answer': { status: 200, contentType: 'text/x-component', body: '0:{"a":"$@1"' },
  'nothing at all': { status: 200, contentType: 'text/x-component', body: '' },
}

test('no answer to a form leads to the error page', async ({ page, loginPage }) => {
  await loginPage.open()
  for (const [what, answer] of Object.entries(strangeAnswers)) {
    await test.step(what, async () => {
      await page.route('/login', (route) =>
        route.request().method() === 'POST' ? route.fulfill(answer) : route.continue(),
      )
      await loginPage.enter({ ...people.ada, password: `the one for ${what}` })
      await loginPage.button.click()
      await expect(page.getByRole('alert').filter({ hasText: 'The connection broke' })).toBeVisible()
      await expect(loginPage.password).toHaveValue(`the one for ${what}`)
      await page.unroute('/login')
      await loginPage.button.click()
      await expect(page.getByText('do not match')).toBeVisible()
    })
  }
})

test('a logout offline says so, and happens when the browser is back', async ({
  page,
  context,
  loginPage,
  newcomer,
}) => {
  await loginPage.logInByForm(newcomer)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Log out' }).click()
  const notice = page.getByRole('dialog')
  await expect(notice).toContainText('This browser does it as soon as it is online again.')
  await context.setOffline(false)
  await expect(page.getByText('You are logged out.')).toBeVisible()
  await loginPage.enter(newcomer)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account')
  await page.reload()
  await expect(page.getByText(newcomer.email)).toBeVisible()
})

test('a logout that waits outlasts its tab, and can be taken back', async ({
  page,
  context,
  loginPage,
  newcomer,
}) => {
  await loginPage.logInByForm(newcomer)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByRole('button', { name: 'Stay logged in' }).click()
  await context.setOffline(false)
  await page.reload()
  await expect(page.getByText(newcomer.email)).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.close()
  await context.setOffline(false)
  const later = await context.newPage()
  await later.goto('/account')
  await expect(later.getByRole('heading', { name: 'Log in' })).toBeVisible()
})
