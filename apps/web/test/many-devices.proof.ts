import { getPool } from '@pockitflyer/auth/mails'
import { addDevices } from './devices.ts'
import { expect, test } from './fixtures.ts'

test('with 10,000 sessions the newest twenty show fast, then all by hundreds', async ({
  page,
  loginPage,
  newcomer,
  accounts,
}) => {
  await loginPage.logIn(newcomer)
  const measure = async () => {
    const times: number[] = []
    for (let round = 0; round < 9; round += 1) {
      const start = performance.now()
      expect((await page.request.get('/account/sessions')).status()).toBe(200)
      times.push(performance.now() - start)
    }
    return times.toSorted((one, other) => one - other)[4] ?? Number.NaN
  }
  const oneSession = await measure()
  await addDevices(accounts.db, newcomer.email, 9999)
  // As autovacuum does within a minute: this test does not wait for it.
  await getPool(accounts.db).query('analyze sessions')
  const tenThousand = await measure()
  test.info().annotations.push({
    type: 'milliseconds',
    description: `one session ${oneSession.toFixed(0)}, 10,000 sessions ${tenThousand.toFixed(0)}`,
  })
  expect(tenThousand).toBeLessThan(500)

  const devices = page.getByRole('main').getByRole('listitem')
  await page.goto('/account/sessions')
  await expect(devices).toHaveCount(20)
  await expect(devices.first()).toContainText('This device')
  await page.getByRole('link', { name: 'Show all devices' }).click()
  await expect(devices).toHaveCount(100)
  await page.getByRole('link', { name: 'Older devices' }).click()
  await expect(devices).toHaveCount(100)
  await expect(page.getByText('This device')).toHaveCount(0)
  await page.goto('/account/sessions')
  await page.getByRole('button', { name: 'Log out everywhere else' }).click()
  await expect(page.getByText('You are logged out everywhere else.')).toBeVisible()
  await expect(devices).toHaveCount(1)
})
