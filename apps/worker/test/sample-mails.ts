import type { Language } from '@pockitflyer/languages'
import type { MailContent } from '@pockitflyer/auth/mails'
import { templates } from '../src/letters/write-letter.ts'

const createdAt = new Date('2026-01-01T12:00:00Z')

/** Params of each template that there is; one reads what it needs. */
const params = {
  displayName: 'Ada Lovelace',
  ip: '203.0.113.7',
  keptUntil: '2026-01-08T12:00:00Z',
  openUntil: '2026-01-02T12:00:00Z',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
}

/** Returns a mail of each template, for tests and pictures. */
export const listSampleMails = (language: Language): MailContent[] =>
  templates.map((template) => ({
    id: '3b241101-e2bb-4255-8caf-4136c566a962',
    template,
    toEmail: 'ada@example.com',
    params,
    language,
    createdAt,
    secrets: {
      link: '1.3b241101e2bb4255caf413.aNj2XUqWm7a0kqXb0p1cXo9kq2A',
      code: '480213',
      expiresAt: new Date('2026-01-01T13:00:00Z'),
    },
  }))

/** The same in English. */
export const sampleMails = listSampleMails('en')

export const sampleOptions = { brand: 'Pockitflyer', publicUrl: 'https://accounts.example' }
