import { describe, expect, test } from 'vitest'
import { ask } from '../src/app/forgot-password/ask.ts'
import { enterCode } from '../src/app/forgot-password/enter-code.ts'
import ForgotPasswordPage from '../src/app/forgot-password/page.tsx'
import { resend } from '../src/app/forgot-password/resend.ts'
import LoginPage from '../src/app/login/page.tsx'
import { forgetPolicy } from '../src/session/read-policy.ts'
import { openLink } from '../src/app/reset-password/open-link.ts'
import ResetPasswordPage from '../src/app/reset-password/page.tsx'
import { setPassword } from '../src/app/reset-password/set-password.ts'
import { blankForm } from '../src/forms/form-state.ts'
import { en } from '../src/texts/en.ts'
import { fillText } from '../src/texts/texts.ts'
import { inProduction, listCalls, readInput, readKept, toForm } from './production.ts'
import { act, render } from './request-scope.ts'

const service = inProduction()

const secret = 'S'.repeat(43)
const email = 'ada@example.com'
const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1000) - seconds

/** Returns request headers with these cookies. Each value is JSON, except the secret. */
function browserWith(cookies: { ask?: string; asked?: object; proof?: object }): Record<string, string> {
  const { ask: kept, asked, proof } = cookies
  const pairs = [
    kept === undefined ? [] : [`__Host-pf_ask=${kept}`],
    asked === undefined ? [] : [`__Secure-pf_asked=${encodeURIComponent(JSON.stringify(asked))}`],
    proof === undefined ? [] : [`__Secure-pf_proof=${encodeURIComponent(JSON.stringify(proof))}`],
  ]
  return { cookie: pairs.flat().join('; '), 'x-forwarded-for': '203.0.113.9' }
}

const propsOf = (query: Record<string, string | string[]>) => ({
  params: Promise.resolve({}),
  searchParams: Promise.resolve(query),
})

describe('asking for the mail', () => {
  const askFor = (headers: Record<string, string>, entered: string) =>
    act(headers, () => ask(blankForm(), toForm({ email: entered })))

  test('keeps a secret for an hour and sends it along', async () => {
    service().answers['auth.passwordReset'] = { data: {} }
    const { sentTo, cookies } = await askFor({}, ` ${email} `)
    expect(sentTo).toBe('/forgot-password?sent=sent')
    const kept = readKept(cookies)['__Host-pf_ask']
    expect(kept).toMatch(/^[\w-]{43}$/)
    expect(readInput(service())).toEqual({ email, browser: kept })
    const [line = ''] = cookies
    expect(line.split('; ').toSorted()).toEqual(
      expect.arrayContaining(['HttpOnly', 'Max-Age=3600', 'Path=/', 'SameSite=lax', 'Secure']),
    )
  })

  test('keeps the secret that the browser has, and replaces what is none', async () => {
    service().answers['auth.passwordReset'] = { data: {} }
    const again = await askFor(browserWith({ ask: secret }), email)
    expect(readKept(again.cookies)['__Host-pf_ask']).toBe(secret)
    const { cookies } = await askFor(browserWith({ ask: 'short' }), email)
    expect(readKept(cookies)['__Host-pf_ask']).toMatch(/^[\w-]{43}$/)
  })

  test('says what is wrong and keeps the email', async () => {
    const { result } = await askFor({}, 'no email')
    expect(result).toMatchObject({ values: { email: 'no email' }, toCorrect: 'email' })
    expect(listCalls(service())).toEqual([])
    service().answers['auth.passwordReset'] = { status: 403, code: 'mail_off' }
    expect((await askFor({}, email)).result?.errors.form).toBe(en.forgotPassword.off)
    service().answers['auth.passwordReset'] = { status: 429, code: 'throttled', retryAfterSeconds: 30 }
    expect((await askFor({}, email)).result?.errors.form).toContain('30 seconds')
  })

  test('a further request waits for a minute', async () => {
    service().answers['auth.passwordReset'] = { data: {} }
    const again = (at: number) => act(browserWith({ asked: { email, at } }), () => resend(blankForm()))
    expect((await again(secondsAgo(30))).sentTo).toBe('/forgot-password?sent=too-soon')
    expect(listCalls(service())).toEqual([])
    expect((await again(secondsAgo(61))).sentTo).toBe('/forgot-password?sent=again')
    expect(listCalls(service())).toEqual(['auth.passwordReset'])
    expect((await act({}, () => resend(blankForm()))).sentTo).toBe('/forgot-password')
  })
})

describe('the code', () => {
  const enter = (code: string, headers = browserWith({ ask: secret, asked: { email, at: 0 } })) =>
    act(headers, () => enterCode(blankForm(), toForm({ code })))

  test('that fits opens the form, its proof bound to that page', async () => {
    service().answers['auth.passwordResetCheck'] = { data: { is_open: true } }
    const { sentTo, cookies } = await enter('123 456')
    expect(sentTo).toBe('/reset-password')
    expect(readInput(service())).toEqual({ email, code: '123456', browser: secret })
    const [line = ''] = cookies
    expect(line).toContain('__Secure-pf_proof=')
    expect(line.split('; ')).toEqual(
      expect.arrayContaining(['HttpOnly', 'Max-Age=900', 'Path=/reset-password', 'Secure']),
    )
  })

  test('that does not fit, or is blank, is asked for again', async () => {
    service().answers['auth.passwordResetCheck'] = { status: 400, code: 'link_invalid' }
    expect((await enter('123456')).result?.errors.code).toBe(en.mailCode.wrong)
    const { result, cookies } = await enter(' ')
    expect(result?.errors.code).toBe('Type the six digits from the mail.')
    expect(cookies).toEqual([])
    expect((await enter('123456', {})).sentTo).toBe('/forgot-password')
  })
})

describe('the link', () => {
  const open = (fields: Record<string, string>, headers = browserWith({ ask: secret })) =>
    act(headers, () => openLink(blankForm(), toForm(fields)))

  test('that is good opens the form', async () => {
    service().answers['auth.passwordResetCheck'] = { data: { is_open: true } }
    const { sentTo, cookies } = await open({ t: 'the-link' })
    expect(sentTo).toBe('/reset-password')
    expect(readInput(service())).toEqual({ token: 'the-link', browser: secret })
    expect(decodeURIComponent(readKept(cookies)['__Secure-pf_proof'] ?? '')).toBe('{"token":"the-link"}')
  })

  test('in another browser asks for the code', async () => {
    service().answers['auth.passwordResetCheck'] = { data: { is_open: false } }
    const { result, cookies } = await open({ t: 'the-link' }, {})
    expect(result).toMatchObject({ errors: { code: en.mailCode.needed }, toCorrect: 'code' })
    expect(cookies).toEqual([])
  })

  test.each([
    ['link_invalid', 'invalid'],
    ['link_used', 'used'],
  ])('with the answer %s goes to the page that says so', async (code, over) => {
    service().answers['auth.passwordResetCheck'] = { status: 400, code }
    const { sentTo, cookies } = await open({ t: 'the-link', code: '123456' })
    expect([sentTo, cookies]).toEqual([`/reset-password?over=${over}`, []])
  })

  test('that is missing is invalid, and the service is not asked', async () => {
    expect((await open({})).sentTo).toBe('/reset-password?over=invalid')
    expect(listCalls(service())).toEqual([])
  })

  test('stays on its page while the service is out of reach', async () => {
    service().answers['auth.passwordResetCheck'] = { status: 503, code: 'unavailable' }
    expect((await open({ t: 'the-link' })).result?.errors.form).toContain('cannot reach our service')
  })
})

describe('the new password', () => {
  const choose = (
    new_password: string,
    headers = browserWith({ ask: secret, proof: { token: 'the-link' } }),
  ) => act(headers, () => setPassword(blankForm(), toForm({ new_password })))

  test('logs this browser out and leaves no cookie of the reset', async () => {
    service().answers['auth.passwordResetConfirm'] = { data: {} }
    const { sentTo, cookies } = await choose('seven ferries')
    expect(sentTo).toBe('/login?notice=password-reset')
    expect(readInput(service())).toEqual({
      token: 'the-link',
      browser: secret,
      new_password: 'seven ferries',
    })
    expect(readKept(cookies)).toEqual({
      '__Host-pf_ask': '',
      '__Secure-pf_asked': '',
      '__Secure-pf_proof': '',
      '__Host-pf_access': '',
      '__Host-pf_refresh': '',
      '__Host-pf_user': '',
    })
    expect(cookies.filter((line) => line.includes('Path=/reset-password'))).toHaveLength(1)
  })

  test('that is refused keeps the proof', async () => {
    service().answers['auth.passwordResetConfirm'] = {
      status: 400,
      code: 'invalid_input',
      fields: { new_password: ['This password is too common.'] },
    }
    const { result, cookies } = await choose('password')
    expect(result).toMatchObject({ values: {}, errors: { new_password: en.fieldErrors.tooCommon } })
    expect(cookies).toEqual([])
  })

  test('for a link that was used meanwhile deletes the proof', async () => {
    service().answers['auth.passwordResetConfirm'] = { status: 400, code: 'link_used' }
    const { sentTo, cookies } = await choose('seven ferries')
    expect(sentTo).toBe('/reset-password?over=used')
    expect(readKept(cookies)).toEqual({ '__Secure-pf_proof': '' })
  })

  test.each([{}, { token: 7 }, { token: 'a', email }, []])('needs a proof, not %j', async (proof) => {
    expect((await choose('seven ferries', browserWith({ proof }))).sentTo).toBe(
      '/reset-password?over=invalid',
    )
    expect(listCalls(service())).toEqual([])
  })
})

describe('the pages', () => {
  const policy = { registration: true, password: { min_length: 8, max_bytes: 1024 } }
  const showReset = (query: Record<string, string | string[]>, headers = {}) =>
    render(headers, () => ResetPasswordPage(propsOf(query)))

  test('the page of a link asks nothing, shows no password form', async () => {
    for (const headers of [{}, browserWith({ ask: secret }), browserWith({ proof: { token: 'other' } })]) {
      const { result } = await showReset({ t: 'the-link' }, headers)
      expect(result).toContain('value="the-link"')
      expect(result).not.toContain('type="password"')
    }
    expect(listCalls(service())).toEqual([])
  })

  test('the field for the code stands where no mail was asked for', async () => {
    expect((await showReset({ t: 'the-link' })).result).toContain('one-time-code')
    const here = await showReset({ t: ['the-link', 'b'] }, browserWith({ ask: secret }))
    expect(here.result).not.toContain('one-time-code')
  })

  test('the password form stands only behind a proof', async () => {
    service().answers['auth.policy'] = { data: policy }
    const { result } = await showReset({}, browserWith({ proof: { email, code: '123456' } }))
    expect(result).toContain('type="password"')
    expect(result).not.toContain('123456')
    for (const query of [{}, { t: '' }, { over: 'used' }, { over: 'toString' }])
      expect((await showReset(query)).result).not.toContain('type="password"')
  })

  test('the login leads to the reset where the service sends mail', async () => {
    const show = async (more: object) => {
      forgetPolicy()
      service().answers['auth.policy'] = { data: { ...policy, ...more } }
      return (await render({}, () => LoginPage(propsOf({})))).result
    }
    expect(await show({ password_reset: true })).toContain('href="/forgot-password"')
    for (const more of [{ password_reset: false }, {}])
      expect(await show(more)).not.toContain('/forgot-password')
  })

  test('where the service sends no mail the page says so', async () => {
    service().answers['auth.policy'] = { data: { ...policy, password_reset: false } }
    const { result } = await render({}, () => ForgotPasswordPage(propsOf({})))
    expect(result).toContain(en.forgotPassword.off)
    expect(result).not.toContain('<form')
  })

  test('the page of the sent mail needs a request', async () => {
    service().answers['auth.policy'] = { data: { ...policy, password_reset: true } }
    const show = async (sent: string, headers = {}) =>
      (await render(headers, () => ForgotPasswordPage(propsOf({ sent })))).result
    expect(await show('sent')).not.toContain('one-time-code')
    const headers = browserWith({ asked: { email, at: secondsAgo(10) } })
    expect(await show('sent', headers)).toContain(fillText(en.mailSent.sent, { email }))
    expect(await show('too-soon', headers)).toContain(en.mailSent.tooSoon)
    expect(await show('<b>', headers)).not.toContain('one-time-code')
  })
})

test('a text takes its values and leaves what has none', () => {
  expect(fillText('{a} and {b}', { a: 1 })).toBe('1 and {b}')
})
