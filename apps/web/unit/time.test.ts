import { expect, test } from 'vitest'
import { createTimeFormat, describeAge } from '../src/time/time-format.ts'

const at = new Date('2026-01-02T15:04:00Z')

test('a zone that hides the reader’s own is UTC, and says so', () => {
  for (const zone of ['UTC', 'Etc/UTC', 'Atlantic/Reykjavik', 'nowhere', undefined]) {
    expect(createTimeFormat({ locale: 'en-US', zone }).format(at)).toMatch(/3:04.PM UTC$/)
  }
  expect(createTimeFormat({ locale: 'en-US', zone: 'Europe/London' }).format(at)).toMatch(/3:04.PM$/)
})

test.each([
  [-5, 'now'],
  [59, 'now'],
  [60, '1 minute ago'],
  [3599, '59 minutes ago'],
  [3600, '1 hour ago'],
  [86_399, '23 hours ago'],
  [86_400, '1 day ago'],
  [604_800, '1 week ago'],
  [2_629_800, '1 month ago'],
  [63_115_200, '2 years ago'],
])('%i seconds ago is %s', (seconds, expected) => {
  expect(describeAge(new Date(Date.now() - seconds * 1000), 'en')).toBe(expected)
})

test('an age is in the language of the page', () => {
  const hourAgo = new Date(Date.now() - 3_600_000)
  expect(describeAge(hourAgo, 'de')).toBe('vor 1 Stunde')
  expect(describeAge(hourAgo, 'ar-u-nu-latn')).toBe('قبل ساعة واحدة')
})
