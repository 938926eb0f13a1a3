import type { APIRequestContext, Browser, Page } from '@playwright/test'
import { EmailPage } from './email-page.ts'
import { expect, test } from './fixtures.ts'
import type { Accounts } from './accounts.ts'
import { LoginPage } from './login-page.ts'
import { readMailSecrets } from './mailbox.ts'
import { makePerson, type Person } from './people.ts'
import { ResetPage } from './reset-page.ts'
import { sendRobot } from './robot.ts'

/** `pnpm test:long` sends the robot to 100 people for each kind of mail. */
const peoplePerKind = Number(process.env['TEST_TIMES'] ?? 1)

/** A person with an account, in front of their own browser. */
interface Scene {
  person: Person
  page: Page
  accounts: Accounts
  /** Sends the robot to a link. */
  meet: (path: string) => Promise<void>
}

const kinds: Record<string, (scene: Scene) => Promise<void>> = {
  async 'a reset'({ person, page, accounts, meet }) {
    const reset = new ResetPage(page)
    await reset.ask(person.email)
    const { path } = await readMailSecrets(accounts.db, person.email)
    await meet(path)
    await page.goto(path)
    await reset.goOn.click()
    await reset.choose(`the other word of ${person.email}`)
  },
  async 'a change of email'({ person, page, accounts, meet }) {
    const email = await askForChange(page, person)
    const { path } = await readMailSecrets(accounts.db, `new-${person.email}`, '/change-email')
    await meet(path)
    await page.goto('/account')
    await expect(page.getByText(person.email)).toBeVisible()
    await page.goto(path)
    await email.confirm.click()
    await expect(page.getByRole('heading', { name: 'Your email has changed' })).toBeVisible()
  },
  async 'the notice of a change of email'({ person, page, accounts, meet }) {
    const email = await askForChange(page, person)
    await email.code.fill((await readMailSecrets(accounts.db, `new-${person.email}`)).code)
    await email.goOn.click()
    await expect(page.getByRole('heading', { name: 'Your email has changed' })).toBeVisible()
    const { path, code } = await readMailSecrets(accounts.db, person.email, '/undo')
    await meet(path)
    await page.goto('/account')
    await expect(page.getByText(`new-${person.email}`)).toBeVisible()
    await page.goto(path)
    await email.code.fill(code)
    await page.getByRole('button', { name: 'Undo the change' }).click()
    await expect(page.getByRole('heading', { name: 'The change is undone' })).toBeVisible()
  },
}

async function askForChange(page: Page, person: Person): Promise<EmailPage> {
  const email = new EmailPage(page)
  await new LoginPage(page).logIn(person)
  await page.goto('/account/email')
  await email.ask(person)
  return email
}

interface Robot {
  browser: Browser
  request: APIRequestContext
  baseURL: string
}

async function playScene(robot: Robot, accounts: Accounts, play: (scene: Scene) => Promise<void>) {
  const person = makePerson()
  await accounts.add(person)
  const context = await robot.browser.newContext({ baseURL: robot.baseURL })
  const page = await context.newPage()
  await play({ person, page, accounts, meet: (path) => sendRobot(robot, path) })
  await context.close()
}

for (const [kind, play] of Object.entries(kinds)) {
  test(`a robot at the link of ${kind} does nothing`, async ({ browser, request, accounts, baseURL }) => {
    test.setTimeout(3_600_000)
    for (let count = 0; count < peoplePerKind; count += 1)
      await playScene({ browser, request, baseURL: baseURL ?? '' }, accounts, play)
    expect(browser.isConnected()).toBe(true)
  })
}
