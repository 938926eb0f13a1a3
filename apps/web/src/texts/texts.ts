import { readLanguage } from '../language/read-language.ts'
import { allTexts, type Texts } from './all-texts.ts'

export { fillText } from '@pockitflyer/auth-protocol/errors'
export type { Texts } from './all-texts.ts'

/** Returns the texts of the pages in the language of the request. */
export async function readTexts(): Promise<Texts> {
  return allTexts[await readLanguage()]
}
