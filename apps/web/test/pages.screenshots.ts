import type { BrowserContext } from '@playwright/test'
import { startInFrontOf } from './broken-service.ts'
import { allLooks, ContactSheet, contextOf, folder, nameLook } from './contact-sheet.ts'
import { accountPages, openState, type State, strangersPages } from './every-page.ts'
import { test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { logInElsewhere } from './other-device.ts'
import { makePerson } from './people.ts'
import { readSessionId } from './session-claims.ts'
import { forgeToken, inSeconds, plantTokens } from './session-cookies.ts'

/** The pages whose picture a document shows, as `1280-light`. */
const ofDocuments = new Set(['login', 'devices'])

const person = {
  display_name: 'Grace Hopper',
  bio: 'I collect flyers of street festivals.\nFavourite colour: teal.',
}

const otherDevices = [
  'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0',
  'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
]

async function takeFailures(context: BrowserContext, sheet: ContactSheet): Promise<void> {
  const page = await context.newPage()
  const down = await startInFrontOf((response) => response.writeHead(500).end())
  await plantTokens(context, down.url, { access: forgeToken({ exp: inSeconds(3600) }) })
  await page.goto(`${down.url}/account`)
  await sheet.shoot(page, 'unavailable')
  await down.stop()
  const broken = await startInFrontOf((response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end('[{"result":{"data":{}}}]')
  })
  await page.goto(`${broken.url}/account`)
  await page.getByText('Something went wrong').waitFor()
  await sheet.shoot(page, 'error')
  await broken.stop()
}

for (const look of allLooks) {
  const name = nameLook(look)
  test(`every page, ${name}`, async ({ browser, accounts, baseURL }) => {
    const account = { ...makePerson(), ...person, email: `grace-${name}@example.com` }
    await accounts.add(account)
    const context = await browser.newContext({ baseURL: baseURL ?? '', ...contextOf(look) })
    const page = await context.newPage()
    const sheet = new ContactSheet(look)
    const take = async (states: State[]) => {
      for (const state of states) {
        await openState(page, state)
        await sheet.shoot(page, state.name)
        if (name !== '1280-light' || !ofDocuments.has(state.name)) continue
        await page.screenshot({ path: `${folder}${state.name}-${name}.png`, animations: 'disabled' })
      }
    }
    await take(strangersPages)
    for (const userAgent of otherDevices) await logInElsewhere(account, userAgent)
    await new LoginPage(page).logIn(account)
    await accounts.db
      .updateTable('sessions')
      .set({ created_at: new Date(Date.now() - 3 * 86_400_000) })
      .where('id', '=', await readSessionId(context))
      .execute()
    await take(accountPages)
    await takeFailures(context, sheet)
    await sheet.save(browser, 'pages')
    await context.close()
  })
}
