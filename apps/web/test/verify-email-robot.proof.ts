import { expect } from '@playwright/test'
import { readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { RegisterPage } from './register-page.ts'
import { sendRobot } from './robot.ts'
import { test } from './verifying-stack.ts'

/** `pnpm test:long` sends the robot to 100 people. */
const people = Number(process.env['TEST_TIMES'] ?? 1)

test('a robot at the link of a registration makes no account', async ({
  browser,
  request,
  verifying: { url, db },
}) => {
  test.setTimeout(3_600_000)
  for (let count = 0; count < people; count += 1) {
    const person = makePerson()
    const context = await browser.newContext({ baseURL: url })
    const page = await context.newPage()
    const form = new RegisterPage(page)
    await page.goto('/register')
    await form.enter(person)
    await form.button.click()
    await expect(page.getByText(`We sent a mail to ${person.email}.`)).toBeVisible()
    const { path } = await readMailSecrets(db, person.email, '/verify-email')
    await sendRobot({ browser, request, baseURL: url }, path)
    const find = () => db.selectFrom('users').select('id').where('email', '=', person.email).execute()
    expect(await find()).toEqual([])
    await page.goto(path)
    await page.getByRole('button', { name: 'Confirm this email' }).click()
    await expect(page.getByText('Your email is confirmed.', { exact: true })).toBeVisible()
    expect(await find()).toHaveLength(1)
    await context.close()
  }
})
