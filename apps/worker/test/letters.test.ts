import { notices } from '@pockitflyer/auth/mails'
import { languages } from '@pockitflyer/languages'
import { expect, test } from 'vitest'
import { quoteName } from '../src/letters/quote-text.ts'
import { writeMail } from '../src/letters/write-letter.ts'
import { listSampleMails, sampleMails, sampleOptions } from './sample-mails.ts'

test.each([
  ['Ada', 'Ada'],
  ['  Ada \r\n Lovelace\u202e ', 'Ada Lovelace'],
  ['www.evil.example/x', 'www\u200b.evil\u200b.example\u200b/x'],
  ['https://evil.example', 'https\u200b:\u200b/\u200b/evil\u200b.example'],
  ['mail ada@evil.example', 'mail ada\u200b@evil\u200b.example'],
  ['J. R. R.', 'J. R. R.'],
  ['x'.repeat(80), 'x'.repeat(50)],
  ['Anonymous User', undefined],
  ['\u200b', undefined],
])('a display name stands in a mail as text: %j', (name, quoted) => {
  expect(quoteName(name)).toBe(quoted)
})

/** The mail that asks for a consent also says how to refuse it. */
const linksMax = (template: string) => (template === 'email_change_consent' ? 2 : 1)

test.each(sampleMails)('$template has text and HTML, no link too many, nothing remote', async (mail) => {
  const { subject, text, html } = await writeMail(mail, sampleOptions)
  expect(subject).toContain('Pockitflyer')
  expect(text.match(/https?:\/\/\S+/g)?.length ?? 0).toBeLessThanOrEqual(linksMax(mail.template))
  for (const link of html.matchAll(/href="([^"]+)"/g)) expect(link[1]).toContain('https://accounts.example/')
  expect(html).not.toMatch(/<(img|link|script)|@import|url\(/)
})

test('a notice that can be undone offers the undo with its code', async () => {
  const { text } = await writeMail(
    {
      id: '3b241101-e2bb-4255-8caf-4136c566a962',
      template: 'email_changed',
      toEmail: 'ada@example.com',
      params: { displayName: 'Ada', ip: null, userAgent: null },
      language: 'en',
      createdAt: new Date('2026-01-01T12:00:00Z'),
      secrets: { link: '16.id.mac', code: '012345', expiresAt: new Date('2026-01-08T12:00:00Z') },
    },
    { brand: 'Pockitflyer', publicUrl: 'https://accounts.example' },
  )
  expect(text.match(/https?:\/\/\S+/g)).toEqual(['https://accounts.example/undo?t=16.id.mac'])
  for (const part of ['012 345', 'If you know of this', 'until 8 January 2026']) expect(text).toContain(part)
})

test('the mail to the old mailbox offers consent and cancel', async () => {
  const mail = sampleMails.find(({ template }) => template === 'email_change_consent')
  if (mail?.secrets === undefined) throw new Error('no such letter')
  const { subject, text, html } = await writeMail(mail, sampleOptions)
  const { link } = mail.secrets
  expect(text.match(/https?:\/\/\S+/g)).toEqual([
    `https://accounts.example/change-email?t=${link}&of=old`,
    `https://accounts.example/undo?t=${link}`,
  ])
  for (const part of ['480 213', 'Hello Ada Lovelace,', 'agree until 2 January 2026']) {
    expect(text).toContain(part)
  }
  expect(text.match(/480 213/g)).toHaveLength(1)
  expect(subject).not.toContain('480')
  expect(html).toContain('It was not me: cancel')
})

test.each([
  ['email_change', 'https://accounts.example/change-email?t=16.id.mac'],
  ['email_change_taken', undefined],
  ['account_recovered', 'https://accounts.example/reset-password?t=16.id.mac'],
])('a mail %s has its link, and the new mailbox no name', async (template, link) => {
  const { text, html } = await writeMail(
    {
      id: '3b241101-e2bb-4255-8caf-4136c566a962',
      template,
      toEmail: 'ada@example.com',
      params: { displayName: 'Ada', ip: null, userAgent: null },
      language: 'en',
      createdAt: new Date('2026-01-01T12:00:00Z'),
      ...(link && {
        secrets: { link: '16.id.mac', code: '012345', expiresAt: new Date('2026-01-08T12:00:00Z') },
      }),
    },
    { brand: 'Pockitflyer', publicUrl: 'https://accounts.example' },
  )
  expect(text.match(/https?:\/\/\S+/g) ?? []).toEqual(link === undefined ? [] : [link])
  expect(html.includes('Hello Ada')).toBe(template === 'account_recovered')
})

test.each(sampleMails.filter(({ template }) => notices.some((notice) => notice === template)))(
  'the notice $template says what happened, where, and what to do',
  async (mail) => {
    const { text, html } = await writeMail(mail, sampleOptions)
    for (const part of [
      'Hello Ada Lovelace,',
      'When: 1 January 2026',
      'Address: 203.0.113.7',
      'If you know of this',
    ])
      expect(text).toContain(part)
    expect(text).toMatch(/https:\/\/accounts\.example\/(undo|forgot-password|change-email)/)
    expect(html).toContain('Firefox on Linux')
  },
)

test.each(languages.flatMap(listSampleMails))(
  '$template in $language leaves no gap and no English',
  async (mail) => {
    const { subject, text, html } = await writeMail(mail, sampleOptions)
    expect(`${subject} ${text}`).not.toMatch(/[{}]|undefined/)
    expect(html).toContain(`lang="${mail.language}" dir="${mail.language === 'ar' ? 'rtl' : 'ltr'}"`)
    const english = await writeMail({ ...mail, language: 'en' }, sampleOptions)
    const lines = (from: string) => new Set(from.split('\n').filter((line) => /[a-z]{3} [a-z]/.test(line)))
    const same = [...lines(text)].filter((line) => lines(english.text).has(line))
    expect(same.length > 0).toBe(mail.language === 'en')
  },
)

test('a code reads from left to right amid Arabic', async () => {
  const mail = listSampleMails('ar').find(({ template }) => template === 'password_reset')
  if (mail === undefined) throw new Error('no such letter')
  const { subject, html } = await writeMail(mail, sampleOptions)
  expect(subject).toContain('\u2068480 213\u2069')
  expect(html).toMatch(/<p class="code" dir="ltr"[^>]*>480 213</)
})
