import { expect, test } from './fixtures.ts'

test('a bio of markup is text', async ({ page, loginPage, newcomer }) => {
  const markup = '<img src=x onerror="document.title=\'stolen\'"><script>document.title="stolen"</script>'
  await loginPage.logIn(newcomer)
  await page.goto('/account?edit')
  await page.getByLabel('Display name').fill('<i>Lin</i>')
  await page.getByLabel('About you').fill(markup)
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(page.getByText(markup)).toBeVisible()
  await expect(page.getByText('<i>Lin</i>')).toBeVisible()
  await page.reload()
  await expect(page.getByText(markup)).toBeVisible()
  await expect(page).toHaveTitle('Your account · Pockitflyer')
})

test('too much text leaves the form as it is and says so', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account?edit')
  const bio = page.getByLabel('About you')
  const save = page.getByRole('button', { name: 'Save profile' })
  await bio.fill('x'.repeat(200_000))
  await save.click()
  await expect(bio).toHaveAccessibleDescription(/no more than 2000 characters/)
  await bio.fill('x'.repeat(1_100_000))
  await save.click()
  await expect(page.getByText('That is more text than we can take. Please shorten it.')).toBeVisible()
  expect((await bio.inputValue()).length).toBe(1_100_000)
  await bio.fill('I draw.')
  await save.click()
  await expect(page.getByText('Your profile is saved.')).toBeVisible()
  await expect(page.getByText('I draw.')).toBeVisible()
})
