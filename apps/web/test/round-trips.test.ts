import { expect, test } from './fixtures.ts'

test('from "Log in" to the account the browser makes one round trip', async ({
  page,
  loginPage,
  newcomer,
}) => {
  await loginPage.open()
  await loginPage.enter(newcomer)
  await page.waitForLoadState('networkidle')
  const requests: string[] = []
  page.on('request', (request) => {
    // The browser fetches the icon when it likes.
    const isAsset = request.resourceType() === 'script' || request.url().includes('/icon.svg')
    if (!isAsset) requests.push(`${request.method()} ${request.url()}`)
  })
  await loginPage.button.click()
  await expect(page.getByText(newcomer.email)).toBeVisible()
  await page.waitForLoadState('networkidle')
  expect(requests).toEqual([`POST ${new URL('/login', page.url()).href}`])
})
