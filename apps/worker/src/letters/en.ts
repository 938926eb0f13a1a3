import type { Notice } from '@pockitflyer/auth/mails'
import type { Asked, Block, Catalogue } from './letter.ts'

/** The mails in English. */
export const en: Catalogue = {
  language: 'en',

  password_reset: ({ brand, name, code, codeMinutes, link, linkExpiresAt, asked }) => ({
    subject: `${code} is your code for ${brand}`,
    blocks: [
      { text: greet(name) },
      {
        text: `Somebody asked to reset the password of your ${brand} account. If it was you, open this page:`,
      },
      { link, label: 'Choose another password' },
      { text: 'Does the page ask for a code? Type this one:' },
      { code },
      {
        text: `The code works for ${codeMinutes} minutes, the link until ${formatTime(linkExpiresAt)}. Give neither to anybody.`,
      },
      describe(asked),
      {
        text: 'If it was not you, do nothing: your password stays as it is. Whoever asked cannot read this mail.',
      },
    ],
  }),

  no_account: ({ brand, email, asked }) => ({
    subject: `No ${brand} account has this email`,
    blocks: [
      { text: 'Hello,' },
      {
        text: `Somebody asked to reset a password at ${brand} with ${email}, but there is no account with this email. If it was you, try your other emails, or register.`,
      },
      describe(asked),
      { text: 'If it was not you, do nothing.' },
    ],
  }),

  notice: ({ notice, brand, name, forgotPasswordUrl, done }) => ({
    subject: notices[notice].subject(brand),
    blocks: [
      { text: greet(name) },
      { text: notices[notice].text(brand) },
      describe(done),
      {
        text: 'If you know of this, do nothing. If not, choose another password now: it logs out every device.',
      },
      { link: forgotPasswordUrl, label: 'Choose another password' },
    ],
  }),

  test: ({ brand }) => ({
    subject: `A test mail of ${brand}`,
    blocks: [{ text: `Mail of ${brand} arrives here. An operator sent this one to find out.` }],
  }),
}

type Words = Record<'subject' | 'text', (brand: string) => string>

const notices: Record<Notice, Words> = {
  password_changed: {
    subject: (brand) => `Your ${brand} password has changed`,
    text: (brand) => `The password of your ${brand} account was changed. Every other device is logged out.`,
  },
  password_was_reset: {
    subject: (brand) => `Your ${brand} password was reset`,
    text: (brand) =>
      `The password of your ${brand} account was reset with a mail to this email. Every device is logged out.`,
  },
  password_set_by_operator: {
    subject: (brand) => `${brand} has set your password`,
    text: (brand) =>
      `An operator of ${brand} set another password for your account. Every device is logged out.`,
  },
  sessions_revoked_by_operator: {
    subject: (brand) => `${brand} has logged you out`,
    text: (brand) => `An operator of ${brand} logged out devices of your account.`,
  },
  session_reused: {
    subject: (brand) => `Another device used a login of your ${brand} account`,
    text: (brand) =>
      `A device presented a token of your ${brand} account that was already replaced. Another person may have copied it.`,
  },
}

const greet = (name: string | undefined) => (name === undefined ? 'Hello,' : `Hello ${name},`)

function describe({ at, browser, os, ip }: Asked): Block {
  const device = [browser, os].filter((part) => part !== undefined).join(' on ')
  return {
    facts: [
      ['When', formatTime(at)],
      ['Device', device === '' ? 'unknown' : device],
      ['Address', ip ?? 'unknown'],
    ],
  }
}

const times = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

const formatTime = (time: Date) => `${times.format(time)} UTC`
