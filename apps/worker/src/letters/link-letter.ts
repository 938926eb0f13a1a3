import {
  type Cause,
  namedParams,
  readCause,
  readSecrets,
  type Secrets,
  type WriteLetter,
  type Words,
} from './letter.ts'
import { quoteName } from './quote-text.ts'

/** What the words of a mail to a user with a link and a code may name. */
interface LinkValues extends Secrets {
  brand: string
  /** `undefined`: greet without a name. */
  name: string | undefined
  cause: Cause
}

/** Returns the letter to a user whose link opens a page, from its words in each language. */
export function linkLetter(path: string, words: Words<LinkValues>): WriteLetter {
  return (mail, { language, brand, publicUrl }) => {
    const params = namedParams.parse(mail.params)
    return words[language]({
      ...readSecrets(mail, publicUrl + path),
      brand,
      name: quoteName(params.displayName),
      cause: readCause(mail, params),
    })
  }
}
