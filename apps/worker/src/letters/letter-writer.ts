import type { MailContent } from '@pockitflyer/auth/mails'
import { fillText } from '@pockitflyer/auth-protocol/errors'
import { directionOf, type Language } from '@pockitflyer/languages'
import type { Block, Cause, Letter, Secrets } from './letter.ts'
import type { LetterTexts } from './texts/letter-texts.ts'
import { letterTexts } from './texts/texts.ts'

/** Writes the parts of a letter in one language. */
export interface LetterWriter {
  texts: LetterTexts
  /** Fills a text with the brand and other values. */
  fill: (text: string, values?: Record<string, string | number>) => string
  /** Writes a time out, in UTC. */
  formatTime: (time: Date) => string
  /** Writes the first line. `undefined`: to a reader without a name. */
  greet: (name: string | undefined) => Block
  /** Describes the client that caused a mail. */
  describeCause: (cause: Cause) => Block
  /** Shows the link as a button, and the code for a page that asks for it. */
  offer: (secrets: Secrets, label: string) => Block[]
  /** Shows the link that undoes a change, and the code that its page always asks for. */
  offerUndo: (secrets: Secrets) => Block[]
}

/** What a letter is written with. */
export interface LetterOptions {
  writer: LetterWriter
  /** The origin of links. */
  publicUrl: string
}

/** Writes the mails of a template. */
export type WriteLetter = (mail: MailContent, options: LetterOptions) => Letter

/** Creates what writes letters in a language. `brand` is what mails call the product. */
export function createLetterWriter(language: Language, brand: string): LetterWriter {
  const texts = letterTexts[language]
  const isolate = directionOf(language) === 'rtl' ? isolateDirection : String
  const fill: LetterWriter['fill'] = (text, values = {}) =>
    fillText(text, isolateValues({ brand, ...values }))
  const isolateValues = (values: Record<string, string | number>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isolate(String(value))]))
  const formatTime = (time: Date) => `${times[language].format(time)} UTC`

  return {
    texts,
    fill,
    formatTime,
    greet: (name) => ({ text: name === undefined ? texts.hello : fill(texts.helloName, { name }) }),
    describeCause({ at, browser, os, ip }) {
      const { when, device, deviceOn, address, unknown } = texts.cause
      const both = browser && os && fill(deviceOn, { browser, os })
      return {
        facts: [
          [when, formatTime(at)],
          [device, both ?? browser ?? os ?? unknown],
          [address, ip === undefined ? unknown : isolate(ip)],
        ],
      }
    },
    offer: ({ link, linkExpiresAt, code, codeMinutes }, label) => [
      { link, label },
      { text: texts.code.ask },
      { code },
      { text: fill(texts.code.works, { minutes: codeMinutes, until: formatTime(linkExpiresAt) }) },
    ],
    offerUndo: ({ link, linkExpiresAt, code }) => [
      { text: texts.undo.ask },
      { link, label: texts.undo.label },
      { text: texts.undo.code },
      { code },
      { text: fill(texts.undo.works, { until: formatTime(linkExpiresAt) }) },
    ],
  }
}

const createTimes = (locale: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

/** Digits are those that a reader types: a code has them too. */
const times: Record<Language, Intl.DateTimeFormat> = {
  en: createTimes('en-GB'),
  de: createTimes('de'),
  fr: createTimes('fr'),
  es: createTimes('es'),
  ar: createTimes('ar-u-nu-latn'),
}

/**
 * Keeps a value from mixing with text that runs from right to left: `123 456` would read `456 123`
 * (Unicode Standard Annex 9, first strong isolate).
 */
const isolateDirection = (value: string) => `\u2068${value}\u2069`
