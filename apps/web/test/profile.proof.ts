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
  // Set at once: typing a megabyte takes a browser half a minute.
  const set = (length: number) =>
    bio.evaluate((field: HTMLTextAreaElement, length) => {
      field.value = 'x'.repeat(length)
    }, length)
  await set(200_000)
  await save.click()
  await expect(bio).toHaveAccessibleDescription(/At most 2,000 characters/)
  await set(2_000_000)
  await save.click()
  await expect(bio).toHaveAccessibleDescription(/more text than we can take. Please shorten it./)
  await expect(bio).toBeFocused()
  expect((await bio.inputValue()).length).toBe(2_000_000)
  await bio.fill('I draw.')
  await save.click()
  await expect(page.getByText('Your profile is saved.')).toBeVisible()
  await expect(page.getByText('I draw.')).toBeVisible()
})

test('an error stands beside its field, and no text is lost', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account?edit')
  const name = page.getByLabel('Display name')
  const bio = page.getByLabel('About you')
  const save = page.getByRole('button', { name: 'Save profile' })
  await name.fill('  ')
  await bio.fill('kept')
  await save.click()
  await expect(name).toHaveAccessibleDescription('Enter a name.')
  await expect(name).toBeFocused()
  await expect(bio).toHaveValue('kept')

  const long = 'ü'.repeat(2001)
  await name.fill('Lin')
  await bio.fill(long)
  await save.click()
  await expect(bio).toHaveAccessibleDescription(/At most 2,000 characters/)
  await expect(bio).toBeFocused()
  await expect(bio).toHaveValue(long)
  await expect(name).toHaveValue('Lin')

  await bio.fill('')
  await save.click()
  await expect(page.getByText('Your profile is saved.')).toBeVisible()
  await expect(page.getByText('Nothing here yet.')).toBeVisible()
})
