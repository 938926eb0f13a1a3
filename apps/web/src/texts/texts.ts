import { en } from './en.ts'

export { fillText } from '@pockitflyer/auth-protocol/errors'

/**
 * The texts of the pages in one language. A further language is one file that has this type: a
 * missing or misspelled key is a type error.
 */
export type Texts = typeof en

/** Returns the texts of the pages in the language of the request: English so far. */
export function readTexts(): Texts {
  return en
}
