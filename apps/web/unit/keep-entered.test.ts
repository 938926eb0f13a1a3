import { afterEach, expect, test, vi } from 'vitest'
import { blankForm, type FormState } from '../src/forms/form-state.ts'
import { keepEntered } from '../src/forms/keep-entered.ts'
import { en } from '../src/texts/en.ts'
import { toForm } from './production.ts'

type Field = 'email' | 'bio'

/** A page's form after two attempts, and the action's answer to what was sent. */
const before: FormState<Field> = { ...blankForm<Field>(), attempt: 2, values: { email: 'entered before' } }
const after: FormState<Field> = { ...blankForm<Field>(), attempt: 3 }

afterEach(() => vi.unstubAllGlobals())

function send(fields: Record<string, string>, answer: () => Promise<FormState<Field>>, onLine = true) {
  const stored = new Map<string, string>()
  const loaded: string[] = []
  vi.stubGlobal('navigator', { onLine })
  vi.stubGlobal('sessionStorage', { setItem: (key: string, text: string) => stored.set(key, text) })
  vi.stubGlobal('window', {
    location: { pathname: '/account', search: '?edit', replace: (url: string) => loaded.push(url) },
  })
  const sent: unknown[] = []
  const action = keepEntered<Field>(
    (...given) => {
      sent.push(given)
      return answer()
    },
    { texts: en.forms, draft: { owner: '7', fields: ['email', 'bio'] } },
  )
  const form = toForm(fields)
  return { form, sent, stored, loaded, state: action(before, form) }
}

const succeed = () => Promise.resolve(after)

test('a form reaches its action whole, without what was entered before', async () => {
  const { form, sent, state } = send({ email: 'a', password: 'b' }, succeed)
  expect(await state).toBe(after)
  expect(sent).toEqual([[{ attempt: 2, values: {}, errors: {}, toCorrect: undefined }, form]])
})

test('a form that is too large stays and names its field', async () => {
  const texts = ['x'.repeat(1024 * 1024 - 1000), '\n'.repeat(600_000), 'é'.repeat(600_000)]
  for (const bio of texts) {
    const { form, sent, state } = send({ email: 'a', bio, password: 'b' }, succeed)
    expect(await state).toEqual({
      ...before,
      attempt: 3,
      errors: { bio: en.forms.tooLarge },
      toCorrect: 'bio',
      unsent: form,
      mayBeSaved: false,
    })
    expect(sent).toEqual([])
  }
  const fits = send({ email: 'x'.repeat(1024 * 1024 - 5000) }, succeed)
  expect(await fits.state).toBe(after)
})

test('offline nothing is sent, and everything entered stays', async () => {
  const { form, sent, state } = send({ email: 'a', password: 'b' }, succeed, false)
  const errors = { form: en.forms.offline }
  expect(await state).toMatchObject({ attempt: 3, errors, unsent: form, mayBeSaved: false })
  expect(sent).toEqual([])
})

test('an answer that does not come may follow a change', async () => {
  for (const error of [new TypeError('Failed to fetch'), new Error('Connection closed.')]) {
    const { form, state } = send({ email: 'a', password: 'b' }, () => Promise.reject(error))
    const errors = { form: en.forms.unsure }
    expect(await state).toMatchObject({ attempt: 3, errors, unsent: form, mayBeSaved: true })
  }
})

const withDigest = (digest: string) => Object.assign(new Error('x'), { digest })

test('a fault of the server is told in the form', async () => {
  const { state } = send({ email: 'a' }, () => Promise.reject(withDigest('123456')))
  expect(await state).toMatchObject({ errors: { form: en.forms.failed }, mayBeSaved: false })
})

test('a redirect goes on to Next.js; to the login with a draft', async () => {
  const redirect = withDigest('NEXT_REDIRECT;push;/account?notice=profile-saved;307;')
  const done = send({ email: 'a' }, () => Promise.reject(redirect))
  await expect(done.state).rejects.toBe(redirect)
  expect(done.stored.size).toBe(0)
  const ended = withDigest('NEXT_REDIRECT;push;/login?notice=session-ended&next=x;307;')
  const left = send({ email: 'a', password: 'secret' }, () => Promise.reject(ended))
  await expect(left.state).rejects.toBe(ended)
  expect([...left.stored]).toEqual([['pf-draft 7 /account email bio', 'pf-reason=restored&email=a']])
})

test('an action that a deployment removed reloads the page with a draft', async () => {
  const gone = Object.assign(new Error('x'), { name: 'UnrecognizedActionError' })
  for (const [fields, url] of [
    [{ email: 'a' }, '/account?edit'],
    [{ email: 'a', t: 'the link' }, '?t=the+link'],
  ] as const) {
    const { stored, loaded } = send(fields, () => Promise.reject(gone))
    await expect.poll(() => loaded).toEqual([url])
    expect([...stored.values()]).toEqual(['pf-reason=outdated&email=a'])
  }
})
