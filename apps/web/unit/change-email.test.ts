import { describe, expect, test } from 'vitest'
import { cancelChange } from '../src/app/account/email/cancel-change.ts'
import { enterCode } from '../src/app/account/email/enter-code.ts'
import EmailPage from '../src/app/account/email/page.tsx'
import { requestChange } from '../src/app/account/email/request-change.ts'
import { confirmChange } from '../src/app/change-email/confirm-change.ts'
import ChangeEmailPage from '../src/app/change-email/page.tsx'
import UndoPage from '../src/app/undo/page.tsx'
import { undoChange } from '../src/app/undo/undo-change.ts'
import { blankForm } from '../src/forms/form-state.ts'
import { en } from '../src/texts/en.ts'
import { fillText } from '../src/texts/texts.ts'
import { holding, inProduction, lasting, listCalls, readInput, readKept, toForm, user } from './production.ts'
import { act, render } from './request-scope.ts'

const service = inProduction()

const secret = 'S'.repeat(43)
const newEmail = 'ada@example.org'
const loggedIn = holding({ access: lasting })
const asking = { ...loggedIn, cookie: `${loggedIn['cookie']}; __Host-pf_ask=${secret}` }
const asked = encodeURIComponent(JSON.stringify({ email: newEmail, at: 0 }))
const waiting = { ...asking, cookie: `${asking.cookie}; __Secure-pf_asked_change=${asked}` }

const propsOf = (query: Record<string, string>) => ({
  params: Promise.resolve({}),
  searchParams: Promise.resolve(query),
})

describe('asking for another email', () => {
  const ask = (fields: Record<string, string>, headers: Record<string, string> = loggedIn) =>
    act(headers, () => requestChange(blankForm(), toForm(fields)))
  const entered = { new_email: ` ${newEmail} `, current_password: 'seven ferries' }

  test('sends the secret of this browser, keeps where the mail went', async () => {
    service().answers['auth.emailChange'] = { data: {} }
    const { sentTo, cookies } = await ask(entered)
    expect(sentTo).toBe('/account/email?sent')
    const kept = readKept(cookies)
    expect(kept['__Host-pf_ask']).toMatch(/^[\w-]{43}$/)
    expect(decodeURIComponent(kept['__Secure-pf_asked_change'] ?? '')).toContain(newEmail)
    expect(readInput(service())).toEqual({
      new_email: newEmail,
      current_password: 'seven ferries',
      browser: kept['__Host-pf_ask'],
    })
  })

  test('says what is wrong, keeps the email and no password', async () => {
    const fields = { current_password: ['Your old password was entered incorrectly.'] }
    service().answers['auth.emailChange'] = { status: 400, code: 'invalid_input', fields }
    const { result, cookies } = await ask(entered)
    expect(result).toMatchObject({ values: { new_email: entered.new_email }, toCorrect: 'current_password' })
    expect(JSON.stringify(result)).not.toContain('seven ferries')
    expect(readKept(cookies)).not.toHaveProperty('__Secure-pf_asked_change')
    expect((await ask({ new_email: 'none' })).result?.toCorrect).toBe('new_email')
    service().answers['auth.emailChange'] = { status: 403, code: 'mail_off' }
    expect((await ask(entered)).result?.errors.form).toBe(en.accountEmail.off)
  })

  test('needs a login, and returns to the page after it', async () => {
    expect((await ask(entered, {})).sentTo).toBe('/login?notice=session-ended&next=%2Faccount%2Femail')
    expect(listCalls(service())).toEqual([])
  })
})

describe('the code of the mail to the new email', () => {
  const enter = (code: string) => act(waiting, () => enterCode(blankForm(), toForm({ code })))

  test('changes the email of the account that is logged in', async () => {
    service().answers['auth.me'] = { data: user }
    service().answers['auth.emailChangeConfirm'] = { data: {} }
    const { sentTo, cookies } = await enter('123 456')
    expect(sentTo).toBe('/change-email?over=changed')
    expect(readInput(service())).toEqual({ email: user.email, code: '123 456', browser: secret })
    expect(readKept(cookies)['__Secure-pf_asked_change']).toBe('')
  })

  test('that is blank or wrong is asked for again', async () => {
    service().answers['auth.me'] = { data: user }
    service().answers['auth.emailChangeConfirm'] = { status: 400, code: 'link_invalid' }
    expect((await enter(' ')).result?.errors.code).toBe(en.accountEmail.codeNeeded)
    expect((await enter('123456')).result?.errors.code).toBe(en.mailCode.wrong)
  })

  test('for an email that is taken by now says so', async () => {
    service().answers['auth.me'] = { data: user }
    service().answers['auth.emailChangeConfirm'] = { status: 400, code: 'email_taken' }
    expect((await enter('123456')).sentTo).toBe('/change-email?over=taken')
  })

  test('says that the old mailbox must agree, and goes on waiting', async () => {
    service().answers['auth.me'] = { data: user }
    service().answers['auth.emailChangeConfirm'] = { data: { waits_for: 'old_email' } }
    const { sentTo, cookies } = await enter('123456')
    expect(sentTo).toBe('/change-email?over=waits-for-old')
    expect(readKept(cookies)).not.toHaveProperty('__Secure-pf_asked_change')
  })

  test('cancelling keeps the email', async () => {
    service().answers['auth.emailChangeCancel'] = { data: {} }
    const { sentTo, cookies } = await act(waiting, () => cancelChange(blankForm(), new FormData()))
    expect(sentTo).toBe('/account?notice=email-kept')
    expect(readKept(cookies)['__Secure-pf_asked_change']).toBe('')
  })
})

describe('the link to the new email', () => {
  const open = (fields: Record<string, string>, headers: Record<string, string> = asking) =>
    act(headers, () => confirmChange(blankForm(), toForm(fields)))

  test('changes the email in the browser that asked, with a button', async () => {
    service().answers['auth.emailChangeCheck'] = { data: { is_open: true } }
    service().answers['auth.emailChangeConfirm'] = { data: {} }
    expect((await open({ t: 'the-link' })).sentTo).toBe('/change-email?over=changed')
    expect(listCalls(service())).toEqual(['auth.emailChangeCheck', 'auth.emailChangeConfirm'])
    expect(readInput(service())).toEqual({ token: 'the-link', browser: secret })
  })

  test('changes nothing in another browser without the code', async () => {
    service().answers['auth.emailChangeCheck'] = { data: { is_open: false } }
    service().answers['auth.emailChangeConfirm'] = { data: {} }
    const { result } = await open({ t: 'the-link' }, {})
    expect(result?.errors.code).toBe(en.mailCode.needed)
    expect(listCalls(service())).toEqual(['auth.emailChangeCheck'])
  })

  test.each([
    ['old_email', 'waits-for-old'],
    ['new_email', 'waits-for-new'],
  ])('that waits for the %s goes to the page that says so', async (waits_for, over) => {
    service().answers['auth.emailChangeCheck'] = { data: { is_open: true } }
    service().answers['auth.emailChangeConfirm'] = { data: { waits_for } }
    const { sentTo, cookies } = await open({ t: 'the-link' })
    expect(sentTo).toBe(`/change-email?over=${over}`)
    expect(readKept(cookies)).not.toHaveProperty('__Secure-pf_asked_change')
  })

  test('sends the code along in another browser', async () => {
    service().answers['auth.emailChangeCheck'] = { data: { is_open: false } }
    service().answers['auth.emailChangeConfirm'] = { data: {} }
    await open({ t: 'the-link', code: '' }, {})
    expect(listCalls(service())).not.toContain('auth.emailChangeConfirm')
    service().answers['auth.emailChangeCheck'] = { data: { is_open: true } }
    await open({ t: 'the-link', code: '123 456' }, {})
    expect(readInput(service())).toEqual({ token: 'the-link', code: '123 456' })
  })

  test.each([
    ['link_invalid', 'invalid'],
    ['link_used', 'used'],
    ['email_taken', 'taken'],
  ])('with the answer %s goes to the page that says so', async (code, over) => {
    service().answers['auth.emailChangeCheck'] = { data: { is_open: true } }
    service().answers['auth.emailChangeConfirm'] = { status: 400, code }
    expect((await open({ t: 'the-link' })).sentTo).toBe(`/change-email?over=${over}`)
  })

  test('that is missing is invalid; an outage keeps the page', async () => {
    expect((await open({})).sentTo).toBe('/change-email?over=invalid')
    service().answers['auth.emailChangeCheck'] = { status: 503, code: 'unavailable' }
    expect((await open({ t: 'the-link' })).result?.errors.form).toContain('cannot reach our service')
  })
})

describe('the undo', () => {
  const undo = (fields: Record<string, string>) => act(waiting, () => undoChange(blankForm(), toForm(fields)))

  test('logs this browser out and says what comes next', async () => {
    service().answers['auth.undo'] = { data: {} }
    const { sentTo, cookies } = await undo({ t: 'the-link', code: '123 456' })
    expect(sentTo).toBe('/undo?over=undone')
    expect(readInput(service())).toEqual({ token: 'the-link', code: '123456' })
    expect(readKept(cookies)).toMatchObject({ '__Host-pf_access': '', '__Host-pf_ask': '' })
  })

  test('needs the code, also in the browser that made the change', async () => {
    expect((await undo({ t: 'the-link' })).result?.errors.code).toBe(en.undo.codeNeeded)
    expect((await undo({ code: '123456' })).result?.errors.code).toBe(en.undo.wrong)
    expect(listCalls(service())).toEqual([])
  })

  test('that does not fit says so and logs out no device', async () => {
    service().answers['auth.undo'] = { status: 400, code: 'link_invalid' }
    const { result, cookies } = await undo({ t: 'the-link', code: '123456' })
    expect([result?.errors.code, cookies]).toEqual([en.undo.wrong, []])
    service().answers['auth.undo'] = { status: 400, code: 'link_used' }
    expect((await undo({ t: 'the-link', code: '123456' })).sentTo).toBe('/undo?over=used')
  })
})

describe('the pages', () => {
  test('those of a link ask the service nothing', async () => {
    for (const Page of [ChangeEmailPage, UndoPage]) {
      const { result } = await render({}, () => Page(propsOf({ t: 'the-link' })))
      expect(result).toContain('value="the-link"')
      expect(result).toContain('one-time-code')
      for (const over of ['used', '<b>', 'toString', '']) {
        const { result } = await render({}, () => Page(propsOf({ over })))
        expect(result).not.toContain('<form')
      }
    }
    const here = await render(asking, () => ChangeEmailPage(propsOf({ t: 'the-link' })))
    expect(here.result).toContain(en.changeEmail.here)
    expect(here.result).not.toContain('one-time-code')
    expect(listCalls(service())).toEqual([])
  })

  test('that of the old mailbox asks for a consent', async () => {
    const { result } = await render(asking, () => ChangeEmailPage(propsOf({ t: 'the-link', of: 'old' })))
    expect(result).toContain(en.changeEmail.consent.here)
    expect(result).not.toContain(en.changeEmail.here)
  })

  test.each([
    ['waits-for-old', en.changeEmail.waitsForOld],
    ['waits-for-new', en.changeEmail.waitsForNew],
  ])('that of %s says that one more mailbox must agree', async (over, { title, text }) => {
    const { result } = await render({}, () => ChangeEmailPage(propsOf({ over })))
    expect(result).toContain(title)
    expect(result).toContain(text)
    expect(result).toContain(en.changeEmail.toAccount)
    expect(listCalls(service())).toEqual([])
  })

  test('that of the account asks, waits for the mail, or is off', async () => {
    const show = async (
      password_reset: boolean,
      query: Record<string, string>,
      headers: Record<string, string>,
    ) => {
      service().answers['auth.me'] = { data: user }
      const policy = { registration: true, password: { min_length: 8, max_bytes: 1024 }, password_reset }
      service().answers['auth.policy'] = { data: policy }
      return (await render(headers, () => EmailPage(propsOf(query)))).result
    }
    expect(await show(true, {}, loggedIn)).toContain('name="new_email"')
    expect(await show(true, { sent: '' }, loggedIn)).toContain('name="new_email"')
    expect(await show(true, { sent: '' }, waiting)).toContain(fillText(en.mailSent.sent, { email: newEmail }))
    const off = await show(false, {}, loggedIn)
    expect(off).toContain(en.accountEmail.off)
    expect(off).not.toContain('name="new_email"')
  })
})
