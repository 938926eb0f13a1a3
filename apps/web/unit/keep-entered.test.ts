import { expect, test } from 'vitest'
import { blankForm, type FormState } from '../src/forms/form-state.ts'
import { keepEntered } from '../src/forms/keep-entered.ts'
import { toForm } from './production.ts'

type Field = 'email' | 'password'

/** A page's form after two attempts, and the action's answer to what was sent. */
const before: FormState<Field> = { ...blankForm<Field>(), attempt: 2, values: { email: 'entered before' } }
const after: FormState<Field> = { ...blankForm<Field>(), attempt: 3 }

function send(fields: Record<string, string>, answer: () => Promise<FormState<Field>>) {
  const sent: unknown[] = []
  const action = keepEntered<Field>(
    (...given) => {
      sent.push(given)
      return answer()
    },
    ['email'],
  )
  const form = toForm(fields)
  return { form, sent, state: action(before, form) }
}

test('a form reaches its action whole, without what was entered before', async () => {
  const { form, sent, state } = send({ email: 'a', password: 'b' }, () => Promise.resolve(after))
  expect(await state).toBe(after)
  expect(sent).toEqual([[{ attempt: 2, values: {}, errors: {}, toCorrect: undefined }, form]])
})

test('a form too large for the server is not sent', async () => {
  const texts = ['x'.repeat(1024 * 1024 - 1000), '\n'.repeat(600_000), 'é'.repeat(600_000)]
  for (const email of texts) {
    const { sent, state } = send({ email, password: 'b' }, () => Promise.resolve(after))
    expect(await state).toEqual({
      attempt: 3,
      values: { email },
      errors: { form: 'That is more text than we can take. Please shorten it.' },
      toCorrect: undefined,
    })
    expect(sent).toEqual([])
  }
  const fits = send({ email: 'x'.repeat(1024 * 1024 - 5000) }, () => Promise.resolve(after))
  expect(await fits.state).toBe(after)
})

test('without a network what was entered stays, but no password', async () => {
  const { state } = send({ email: 'a', password: 'b' }, () =>
    Promise.reject(new TypeError('Failed to fetch')),
  )
  expect(await state).toEqual({
    attempt: 3,
    values: { email: 'a' },
    errors: { form: 'We cannot reach our service right now. Please try again in a moment.' },
    toCorrect: undefined,
  })
})

test('a redirect and a fault of ours go on to Next.js', async () => {
  const error = new Error('NEXT_REDIRECT')
  await expect(send({}, () => Promise.reject(error)).state).rejects.toBe(error)
})
