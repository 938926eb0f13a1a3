import type { AuthErrorData } from '@pockitflyer/auth-client'
import { expect, test } from 'vitest'
import { readEntries } from '../src/forms/entries.ts'
import { describeFailure, describeIssues } from '../src/forms/failures.ts'
import { blankForm, failForm } from '../src/forms/form-state.ts'
import { createTimeFormat } from '../src/time/time-format.ts'
import { findNotice } from '../src/ui/notices.ts'
import { act } from './request-scope.ts'

const inEnglish = async <Result>(work: () => Promise<Result>) => (await act({}, work)).result

const describe = (answer: AuthErrorData | undefined) => inEnglish(() => describeFailure(answer))

test('a form is read by its named texts alone', () => {
  const form = new FormData()
  form.append('email', 'a')
  form.append('email', 'second')
  form.append('empty', '')
  form.append('file', new Blob(['x']))
  form.append('other', 'x')
  expect(readEntries(form, ['email', 'empty', 'file', 'missing'])).toEqual({ email: 'a', empty: '' })
  for (const none of [undefined, null, 1, {}, { get: () => 'x' }])
    expect(readEntries(none, ['email'])).toEqual({})
})

test('a failed form counts its attempt and focuses the first error', () => {
  const fields = ['email', 'password'] as const
  const previous = { ...blankForm<'email' | 'password'>(), attempt: 2 }
  const failure = { values: { email: 'a' }, errors: { password: 'x', email: 'y' }, fields }
  expect(failForm(previous, failure)).toEqual({
    attempt: 3,
    values: { email: 'a' },
    errors: failure.errors,
    toCorrect: 'email',
  })
  expect(
    failForm(previous, { ...failure, errors: { form: 'x', email: undefined }, otherwise: 'password' })
      .toCorrect,
  ).toBe('password')
  expect(failForm(previous, { ...failure, errors: { form: 'x' } }).toCorrect).toBeUndefined()
  for (const none of [undefined, {}]) expect(failForm(none, failure).attempt).toBe(1)
  expect(blankForm()).toEqual({ attempt: 0, values: {}, errors: {}, toCorrect: undefined })
})

test('of several issues with a field the first is shown', async () => {
  const issues = [
    { path: ['profile', 'bio'], message: 'first' },
    { path: ['bio'], message: 'second' },
    { path: ['email'], message: 'third' },
  ]
  expect(await inEnglish(() => describeIssues(issues))).toEqual({ bio: 'first', email: 'third' })
})

const failure: AuthErrorData = {
  code: 'internal_error',
  httpStatus: 500,
  message: '',
  path: undefined,
  fields: undefined,
  retryAfterSeconds: undefined,
  requestId: undefined,
}

test('a failure says whose it is, how long to wait, its id', async () => {
  const unreachable = { form: 'We cannot reach our service right now. Please try again in a moment.' }
  expect(await describe(undefined)).toEqual(unreachable)
  expect(await describe({ ...failure, code: 'unavailable' })).toEqual(unreachable)
  expect((await describe({ ...failure, code: 'overloaded' }))?.['form']).toContain('Many people are here')
  expect((await describe({ ...failure, code: 'read_only' }))?.['form']).toContain('cannot be changed')
  expect((await describe({ ...failure, code: 'payload_too_large' }))?.['form']).toContain('shorten')
  expect((await describe({ ...failure, code: 'internal_error', requestId: 'abc' }))?.['form']).toMatch(
    /Our number for it: abc$/,
  )
  expect((await describe({ ...failure, code: 'internal_error' }))?.['form']).toMatch(/Our number for it: –$/)
  expect(
    await describe({
      ...failure,
      code: 'invalid_input',
      fields: { 'profile.bio': ['a', 'b'], email: ['c'] },
    }),
  ).toEqual({ bio: 'a', email: 'c' })
})

test.each([
  [1, '1 second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [61, '2 minutes'],
  [900, '15 minutes'],
  [undefined, '1 minute'],
])('a limit of %s seconds is %s', async (retryAfterSeconds, words) => {
  const answer = { ...failure, code: 'throttled' as const, retryAfterSeconds }
  expect((await describe(answer))?.['form']).toBe(`That was too often. Please wait ${words}.`)
})

test('a notice is found by its code, and by nothing else', () => {
  const notices = { saved: { tone: 'info', text: 'Saved.' } } as const
  expect(findNotice(notices, 'saved')).toBe(notices.saved)
  for (const code of [undefined, '', 'Saved.', 'toString', '__proto__', ['saved']])
    expect(findNotice(notices, code)).toBeUndefined()
})

test('a time has the page’s language and the reader’s zone, or UTC', () => {
  const at = new Date('2026-01-02T15:04:00Z')
  const write = (locale: string, zone?: string) => createTimeFormat({ locale, zone }).format(at)
  expect(write('de', 'Europe/Berlin')).toBe('2. Jan. 2026, 16:04')
  expect(write('en', 'America/New_York')).toMatch(/^Jan 2, 2026, 10:04\sAM$/)
  for (const zone of [undefined, '', 'Nowhere/None', '%zz', 'x'.repeat(3000)])
    expect(write('en', zone)).toMatch(/^Jan 2, 2026, 3:04\sPM UTC$/)
  expect(write('fr', 'UTC')).toMatch(/janv\. 2026/)
})
