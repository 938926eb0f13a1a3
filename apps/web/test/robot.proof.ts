import { expect, test } from './fixtures.ts'
import { readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { ResetPage } from './reset-page.ts'
import { sendRobot } from './robot.ts'

const parts = 4

/** `pnpm test:long` sends the robot to 25 people each. */
const peoplePerPart = Number(process.env['TEST_TIMES'] ?? 1)

for (let part = 1; part <= parts; part += 1) {
  test(`a click works after a robot met the link, part ${part}`, async ({
    browser,
    request,
    accounts,
    baseURL,
  }) => {
    test.setTimeout(1_800_000)
    const url = baseURL ?? ''
    for (let count = 0; count < peoplePerPart; count += 1) {
      const person = makePerson()
      await accounts.add(person)
      const context = await browser.newContext({ baseURL: url })
      const reset = new ResetPage(await context.newPage())
      await reset.ask(person.email)
      const { path } = await readMailSecrets(accounts.db, person.email)
      await sendRobot({ browser, request, baseURL: url }, path)
      await reset.page.goto(path)
      await reset.goOn.click()
      await reset.choose(`the other word of ${person.email}`)
      await context.close()
    }
    expect(browser.isConnected()).toBe(true)
  })
}
