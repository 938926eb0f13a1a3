import { ContactSheet, contextOf, nameLook, usualLooks } from './contact-sheet.ts'
import { flyersPages, openState } from './every-page.ts'
import { test } from './flyers-stack.ts'
import { LoginPage } from './login-page.ts'

for (const look of usualLooks) {
  test(`flyers, ${nameLook(look)}`, async ({ browser, newcomer, baseURL }) => {
    const context = await browser.newContext({ baseURL: baseURL ?? '', ...contextOf(look) })
    const page = await context.newPage()
    const sheet = new ContactSheet(look)
    await new LoginPage(page).logIn(newcomer)
    for (const [title, body] of [
      ['Bicycle repair café', 'Bring your bicycle and patience.\nEvery first Sunday, in the yard.'],
      ['Street festival', 'Saturday from noon. Music, pancakes and a flea market.'],
    ] as const) {
      await page.goto('/flyers?post')
      await page.getByLabel('Title').fill(title)
      await page.getByLabel('What it says').fill(body)
      await page.getByRole('button', { name: 'Post flyer' }).click()
      await page.getByText('Your flyer is posted.').waitFor()
    }
    for (const state of flyersPages) {
      await openState(page, state)
      await sheet.shoot(page, state.name)
    }
    await sheet.save(browser, 'flyers')
    await context.close()
  })
}
