import { en } from './en.ts'

/**
 * The texts of the pages in one language. A further language is one file that has this type: a
 * missing or misspelled key is a type error.
 */
export type Texts = typeof en

/** Returns the texts of the pages in the language of the request: English so far. */
export function readTexts(): Texts {
  return en
}

/**
 * Puts values into a text, for each `{name}` in it.
 *
 * @example fillText('We sent a mail to {email}.', { email: 'ada@example.com' })
 */
export function fillText(text: string, values: Record<string, string | number>): string {
  return text.replaceAll(/\{(\w+)\}/g, (name, key: string) => String(values[key] ?? name))
}
