import { readFileSync } from 'node:fs'
import { reachableEmail } from '../../src/emails/reachable-email.ts'
import { expect, test } from 'vitest'
import { z } from 'zod'

const verdicts = z
  .array(z.tuple([z.string(), z.array(z.string())]))
  .parse(JSON.parse(readFileSync(new URL('django-emails.json', import.meta.url), 'utf8')))

/** What Django takes and no mail reaches. */
const undeliverable = [`${'x'.repeat(65)}@example.com`, `ida@${'ü'.repeat(63)}.com`]

const problemsOf = (email: string) =>
  reachableEmail.safeParse(email).error?.issues.map(({ message }) => message) ?? []

/** What is expected here, where it is not what Django says. */
function textsOf(email: string, texts: string[]): string[] {
  if (undeliverable.includes(email)) return ['Enter a valid email address.']
  if (email === '') return ['This field may not be blank.']
  return email.endsWith('\n') ? [] : texts
}

test.each(verdicts)('an email is judged as Django 5.2 does: %j', (email, texts) => {
  expect(problemsOf(email)).toEqual(textsOf(email, texts))
})

test.each([
  ['an A-label over 63', `ida@${'ü'.repeat(60)}.example`],
  ['a domain that IDNA does not know', 'ida@a\u2024b.example'],
  ['no @', 'localhost'],
  ['over 254 characters with its A-label', `${'x'.repeat(45)}@${`${'ü'.repeat(50)}.`.repeat(4)}com`],
  ['a label of two directions', 'ida@\u05d0a.example'],
  ['a joiner where none belongs', 'ida@a\u200db.example'],
  ['254 characters, and more with the A-label', `${'x'.repeat(64)}@${'ü.'.repeat(80)}example.com`],
  ['a letter of the Turkish alphabet', 'ıda@example.com'],
  ['the Kelvin sign', '\u212Aate@example.com'],
  ['an address with a zone', 'ida@[fe80::1%eth0]'],
])('what no mail reaches is refused: %s', (_, email) => {
  expect(problemsOf(email)).toEqual(['Enter a valid email address.'])
})

test('an email is kept as typed, without invisible characters around', () => {
  expect(reachableEmail.parse('\ufeff\u200b\u00a0Ida@Bücher.example\u200e \n')).toBe('Ida@Bücher.example')
  expect(problemsOf('\u200b\ufeff')).toEqual(['This field may not be blank.'])
})
