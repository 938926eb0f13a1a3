import { expect, test } from './fixtures.ts'

test('what is typed before hydration is sent once at 50 kB/s', async ({ browser, baseURL, newcomer }) => {
  const context = await browser.newContext({ baseURL: baseURL ?? '' })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 300,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  })
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(request.url())
  })
  try {
    await page.goto('/login', { waitUntil: 'commit' })
    await page.getByLabel('Email').fill(newcomer.email)
    await page.getByLabel('Password', { exact: true }).fill(newcomer.password)
    expect(await page.evaluate(isTakenOver)).toBe(false)
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page).toHaveURL('/account')
    await expect(page.getByText(newcomer.email)).toBeVisible()
    expect(sent).toHaveLength(1)

    await page.goto('/account?edit', { waitUntil: 'commit' })
    await page.getByLabel('About you').fill('Typed early')
    await page.waitForFunction(isTakenOver)
    await expect(page.getByLabel('About you')).toHaveValue('Typed early')
    const save = page.getByRole('button', { name: 'Save profile' })
    await save.dblclick()
    await expect(page.getByText('Your profile is saved.')).toBeVisible()
    await expect(page.getByText('Typed early')).toBeVisible()
    expect(sent).toHaveLength(2)
  } finally {
    await context.close()
  }
})

/** Whether React has taken over the page's form. */
function isTakenOver(): boolean {
  return Object.keys(document.querySelector('form') ?? {}).some((key) => key.startsWith('__reactProps'))
}
