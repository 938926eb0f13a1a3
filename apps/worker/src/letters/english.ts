import type { Block, Cause, Secrets } from './letter.ts'

/** The first line of a letter in English. */
export const greet = (name: string | undefined): Block => ({
  text: name === undefined ? 'Hello,' : `Hello ${name},`,
})

/** Describes the client that caused a mail. */
export function describeCause({ at, browser, os, ip }: Cause): Block {
  const device = [browser, os].filter((part) => part !== undefined).join(' on ')
  return {
    facts: [
      ['When', formatTime(at)],
      ['Device', device === '' ? 'unknown' : device],
      ['Address', ip ?? 'unknown'],
    ],
  }
}

/** Shows the link that undoes a change, and the code that its page always asks for. */
export function offerUndo({ link, linkExpiresAt, code }: Secrets): Block[] {
  return [
    {
      text: 'If you know of this, do nothing. If not, undo it now: every device is logged out, and you choose another password.',
    },
    { link, label: 'It was not me: undo' },
    { text: 'The page asks for this code:' },
    { code },
    { text: `Link and code work until ${formatTime(linkExpiresAt)}. Give neither to anybody.` },
  ]
}

/** Shows the link as a button, and the code for a page that asks for it. */
export function offer({ link, linkExpiresAt, code, codeMinutes }: Secrets, label: string): Block[] {
  return [
    { link, label },
    { text: 'Does the page ask for a code? Type this one:' },
    { code },
    {
      text: `The code works for ${codeMinutes} minutes, the link until ${formatTime(linkExpiresAt)}. Give neither to anybody.`,
    },
  ]
}

const times = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** Writes a time out. */
export const formatTime = (time: Date) => `${times.format(time)} UTC`
