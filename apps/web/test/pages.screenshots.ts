import type { BrowserContext } from '@playwright/test'
import type { Language } from '@pockitflyer/languages'
import { allTexts, type Texts } from '../src/texts/all-texts.ts'
import { startInFrontOf } from './broken-service.ts'
import {
  allLooks,
  ContactSheet,
  contextOf,
  folder,
  type Look,
  nameLook,
  widthLooks,
} from './contact-sheet.ts'
import { listAccountPages, listStrangersPages, openState, type State } from './every-page.ts'
import { test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { logInElsewhere } from './other-device.ts'
import { makePerson } from './people.ts'
import { readSessionId } from './session-claims.ts'
import { forgeToken, inSeconds, plantTokens } from './session-cookies.ts'

/** The pages whose picture a document shows, as `1280-light`. */
const ofDocuments = new Set(['login', 'devices'])

/** Every language at its narrowest and widest; English and Arabic at each width. */
const looksOf: Record<Language, Look[]> = {
  en: allLooks,
  ar: widthLooks,
  de: [
    { width: 320, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ],
  fr: [
    { width: 320, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ],
  es: [
    { width: 320, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ],
}

const taken = (['en', 'ar', 'de', 'fr', 'es'] as const).flatMap((language) =>
  looksOf[language].map((look) => ({ language, look })),
)

const person = {
  display_name: 'Grace Hopper',
  bio: 'I collect flyers of street festivals.\nFavourite colour: teal.',
}

const otherDevices = [
  'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0',
  'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
]

async function takeFailures(context: BrowserContext, sheet: ContactSheet, { forms }: Texts): Promise<void> {
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
  await page.getByRole('heading', { name: forms.errorTitle }).waitFor()
  await sheet.shoot(page, 'error')
  await broken.stop()
}

for (const { language, look } of taken) {
  const name = nameLook(look)
  const texts = allTexts[language]
  test(`every page in ${language}, ${name}`, async ({ browser, accounts, baseURL }) => {
    const account = { ...makePerson(), ...person, email: `grace-${name}-${language}@example.com` }
    await accounts.add(account)
    const context = await browser.newContext({ baseURL: baseURL ?? '', ...contextOf(look), locale: language })
    const page = await context.newPage()
    const sheet = new ContactSheet(look)
    const take = async (states: State[]) => {
      for (const state of states) {
        await openState(page, state)
        await sheet.shoot(page, state.name)
        if (language !== 'en' || name !== '1280-light' || !ofDocuments.has(state.name)) continue
        await page.screenshot({ path: `${folder}${state.name}-${name}.png`, animations: 'disabled' })
      }
    }
    await take(listStrangersPages(texts))
    for (const userAgent of otherDevices) await logInElsewhere(account, userAgent)
    await new LoginPage(page).logIn(account)
    await accounts.db
      .updateTable('sessions')
      .set({ created_at: new Date(Date.now() - 3 * 86_400_000) })
      .where('id', '=', await readSessionId(context))
      .execute()
    await take(listAccountPages(texts))
    await takeFailures(context, sheet, texts)
    await sheet.save(browser, language === 'en' ? 'pages' : `pages-${language}`)
    await context.close()
  })
}
