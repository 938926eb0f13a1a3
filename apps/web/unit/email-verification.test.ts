import { describe, expect, test } from 'vitest'
import { login } from '../src/app/login/login.ts'
import LoginPage from '../src/app/login/page.tsx'
import { register } from '../src/app/register/register.ts'
import VerifyEmailPage from '../src/app/verify-email/page.tsx'
import { resend } from '../src/app/verify-email/resend.ts'
import { verifyCode } from '../src/app/verify-email/verify-code.ts'
import { answerLink } from '../src/app/verify-email/verify-link.ts'
import { blankForm } from '../src/forms/form-state.ts'
import { en } from '../src/texts/en.ts'
import { fillText } from '../src/texts/texts.ts'
import { inProduction, listCalls, readInput, readKept, toForm } from './production.ts'
import { act, render } from './request-scope.ts'

const service = inProduction()

const secret = 'S'.repeat(43)
const email = 'ada@example.com'
const entered = { email, password: 'a flyer on the wall' }
const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds

/** Returns request headers of a browser that waits for a mail, or was here once. */
function browserWith({ at }: { at?: number } = {}): Record<string, string> {
  const waiting = encodeURIComponent(JSON.stringify({ email, at }))
  const cookie = `__Host-pf_ask=${secret}${at === undefined ? '' : `; __Secure-pf_verifying=${waiting}`}`
  return { cookie, 'x-forwarded-for': '203.0.113.9' }
}

const show = async (query: Record<string, string>, headers = {}) =>
  (
    await render(headers, () =>
      VerifyEmailPage({ params: Promise.resolve({}), searchParams: Promise.resolve(query) }),
    )
  ).result ?? ''

describe('the way to the page', () => {
  test('a registration that needs a mail leads there with its secret', async () => {
    service().answers['auth.register'] = { data: { detail: 'Verification e-mail sent.' } }
    const { sentTo, cookies } = await act({}, () => register(blankForm(), toForm(entered)))
    expect(sentTo).toBe('/verify-email?sent=sent')
    const kept = readKept(cookies)
    expect(readInput(service())).toEqual({ ...entered, browser: kept['__Host-pf_ask'] })
    expect(decodeURIComponent(kept['__Secure-pf_verifying'] ?? '')).toContain(`"email":"${email}"`)
    expect(Object.keys(kept)).toHaveLength(2)
  })

  test('a login without a proof leads there', async () => {
    service().answers['auth.login'] = { status: 403, code: 'email_not_verified' }
    const { sentTo, cookies } = await act({}, () => login(blankForm(), toForm(entered)))
    expect(sentTo).toBe('/verify-email?sent=sent')
    expect(Object.keys(readKept(cookies)).toSorted()).toEqual(['__Host-pf_ask', '__Secure-pf_verifying'])
  })
})

describe('the page', () => {
  test('of a link asks nothing, and has one button here', async () => {
    const page = await show({ t: 'the-link' }, browserWith())
    expect(page).toContain('value="the-link"')
    expect(page).not.toContain('one-time-code')
    expect(listCalls(service())).toEqual([])
  })

  test('of a link elsewhere asks nothing, and offers to tell who registered', async () => {
    const page = await show({ t: 'the-link' })
    expect(page).toContain(en.verifyEmail.showRegistrant)
    expect(page).not.toContain(en.verifyEmail.confirm)
    expect(listCalls(service())).toEqual([])
  })

  test('that waits says where the mail went, and needs a registration', async () => {
    const headers = browserWith({ at: secondsAgo(10) })
    expect(await show({ sent: 'sent' }, headers)).toContain(fillText(en.mailSent.sent, { email }))
    expect(await show({ sent: 'sent' })).toContain('name="email"')
    expect(await show({ over: 'invalid' }, headers)).toContain(en.verifyEmail.overTitle)
  })

  test('that follows tells that the email is confirmed', async () => {
    const props = { params: Promise.resolve({}), searchParams: Promise.resolve({ notice: 'email-verified' }) }
    expect((await render({}, () => LoginPage(props))).result).toContain(en.loginNotices.emailVerified)
  })
})

const state = {
  is_open: true,
  is_done: false,
  registrant: {
    display_name: 'Ada',
    created_at: '2026-01-01T12:00:00.000Z',
    device: { browser: 'Firefox', os: 'Linux', type: 'desktop' },
    ip: '203.0.113.7',
  },
}
const shown = { ...state.registrant, when: '1 January 2026 at 12:00 UTC' }

describe('the link', () => {
  const press = (token: string, headers = browserWith({ at: 0 })) =>
    act(headers, () => answerLink(blankForm(), toForm({ t: token })))

  test('that is good leads to the login in the browser that registered', async () => {
    service().answers['auth.emailVerifyCheck'] = { data: state }
    service().answers['auth.emailVerify'] = { data: {} }
    const { sentTo, cookies } = await press('the-link')
    expect(sentTo).toBe('/login?notice=email-verified')
    expect(readInput(service())).toEqual({ token: 'the-link', browser: secret })
    expect(readKept(cookies)).toEqual({ '__Secure-pf_verifying': '' })
  })

  test('shows in another browser who registered, and confirms nothing', async () => {
    service().answers['auth.emailVerifyCheck'] = { data: { ...state, is_open: false } }
    const { result } = await press('the-link', {})
    expect(result?.shown).toEqual(shown)
    expect(listCalls(service())).toEqual(['auth.emailVerifyCheck'])
  })

  test('that was used already leads to the login in any browser', async () => {
    service().answers['auth.emailVerifyCheck'] = { data: { ...state, is_open: false, is_done: true } }
    service().answers['auth.emailVerify'] = { data: {} }
    expect((await press('the-link', {})).sentTo).toBe('/login?notice=email-verified')
  })

  test('that goes no further leads to the page that says so', async () => {
    service().answers['auth.emailVerifyCheck'] = { status: 400, code: 'link_invalid' }
    expect((await press('the-link')).sentTo).toBe('/verify-email?over=invalid')
    service().answers['auth.emailVerify'] = { status: 400, code: 'link_invalid' }
    const confirmed = await act({}, () =>
      answerLink(blankForm(), toForm({ t: 'the-link', decision: 'press' })),
    )
    expect(confirmed.sentTo).toBe('/verify-email?over=invalid')
  })

  test('stays on its page while the service is out of reach', async () => {
    service().answers['auth.emailVerifyCheck'] = { status: 503, code: 'unavailable' }
    expect((await press('the-link')).result?.errors.form).toContain('cannot reach our service')
  })
})

describe('the decision', () => {
  const answer = (fields: Record<string, string>) => {
    service().answers['auth.emailVerifyCheck'] ??= { data: { ...state, is_open: false } }
    return act({}, () => answerLink(blankForm(), toForm({ t: 'the-link', ...fields })))
  }

  test('deletes with the code alone', async () => {
    service().answers['auth.emailVerifyReject'] = { data: {} }
    const { sentTo } = await answer({ code: '123 456', decision: 'reject' })
    expect(sentTo).toBe('/verify-email?over=rejected')
    expect(readInput(service())).toEqual({ token: 'the-link', code: '123456' })
    expect(await show({ over: 'rejected' })).toContain(en.registrant.rejected.text)
  })

  test('without a code decides nothing, and still shows who registered', async () => {
    for (const decision of ['reject', 'confirm']) {
      const { result } = await answer({ code: '', decision })
      expect(result?.errors.code).toBe(en.registrant.wrong)
      expect(result?.shown).toEqual(shown)
    }
    expect(new Set(listCalls(service()))).toEqual(new Set(['auth.emailVerifyCheck']))
  })

  test('with a wrong code deletes nothing', async () => {
    service().answers['auth.emailVerifyReject'] = { status: 400, code: 'link_invalid' }
    const { result } = await answer({ code: '123456', decision: 'reject' })
    expect([result?.errors.code, result?.shown]).toEqual([en.registrant.wrong, shown])
  })

  test('for a verified email leads to the page that says so', async () => {
    service().answers['auth.emailVerifyReject'] = { status: 400, code: 'link_used' }
    expect((await answer({ code: '123456', decision: 'reject' })).sentTo).toBe('/verify-email?over=invalid')
  })

  test('confirms with the code', async () => {
    service().answers['auth.emailVerify'] = { data: {} }
    const { sentTo } = await answer({ code: '123456', decision: 'confirm' })
    expect(sentTo).toBe('/login?notice=email-verified')
    expect(listCalls(service())).toEqual([
      'auth.emailVerifyCheck',
      'auth.emailVerifyCheck',
      'auth.emailVerify',
    ])
  })
})

describe('the code', () => {
  const enter = (fields: Record<string, string>, headers = browserWith({ at: 0 })) =>
    act(headers, () => verifyCode(blankForm(), toForm(fields)))

  test('that fits leads to the login, the email kept or typed', async () => {
    service().answers['auth.emailVerify'] = { data: {} }
    expect((await enter({ code: '123 456' })).sentTo).toBe('/login?notice=email-verified')
    expect(readInput(service())).toEqual({ email, code: '123456', browser: secret })
    const typed = await enter({ email, code: '123456' }, {})
    expect(typed.sentTo).toBe('/login?notice=email-verified')
  })

  test('that does not fit is asked for again', async () => {
    service().answers['auth.emailVerify'] = { status: 400, code: 'link_invalid' }
    expect((await enter({ code: '123456' })).result?.errors.code).toBe(en.mailCode.wrong)
    expect((await enter({ code: '123456' }, {})).result?.errors.email).toBe('Enter your email address.')
  })
})

test('a further mail waits for a minute', async () => {
  service().answers['auth.emailVerifyResend'] = { data: {} }
  const again = (at: number) => act(browserWith({ at }), () => resend(blankForm()))
  expect((await again(secondsAgo(30))).sentTo).toBe('/verify-email?sent=too-soon')
  expect(listCalls(service())).toEqual([])
  expect((await again(secondsAgo(61))).sentTo).toBe('/verify-email?sent=again')
  expect(readInput(service())).toEqual({ email, browser: secret })
  expect((await act({}, () => resend(blankForm()))).sentTo).toBe('/login')
})
