import { allTexts } from '../src/texts/all-texts.ts'
import { expect, test } from './fixtures.ts'

const { mailCode, mailSent, registrant, accountEmail, verifyEmail, resetPassword, forgotPassword } =
  allTexts.en

/** What another state of these pages says, or a server alone. */
const unshown = [
  mailCode.needed,
  mailCode.wrong,
  mailSent.tooSoon,
  registrant.wrong,
  registrant.rejected.text,
  verifyEmail.over,
  resetPassword.proven,
  forgotPassword.off,
  accountEmail.off,
  accountEmail.kept,
]

test('a page brings no text that it does not show', async ({ page, loginPage, newcomer }) => {
  const expectLean = async (path: string) => {
    const html = await (await page.request.get(path)).text()
    expect([path, unshown.filter((text) => html.includes(text))]).toEqual([path, []])
  }
  for (const path of ['/reset-password', '/change-email', '/undo', '/verify-email'])
    await expectLean(`${path}?t=a-link`)
  await expectLean('/verify-email')
  await expectLean('/forgot-password')
  await loginPage.logIn(newcomer)
  await expectLean('/account/email')
})
