import type { Asked, Block, Catalogue } from './letter.ts'

/** The mails in English. */
export const en: Catalogue = {
  language: 'en',

  password_reset: ({ brand, name, code, codeMinutes, link, linkExpiresAt, asked }) => ({
    subject: `${code} is your code for ${brand}`,
    blocks: [
      { text: name === undefined ? 'Hello,' : `Hello ${name},` },
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

  test: ({ brand }) => ({
    subject: `A test mail of ${brand}`,
    blocks: [{ text: `Mail of ${brand} arrives here. An operator sent this one to find out.` }],
  }),
}

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
