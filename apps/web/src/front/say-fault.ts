import type { Environment } from '../environment.ts'
import { findLanguage, type LanguageHeaders } from '../language/find-language.ts'
import { allTexts } from '../texts/all-texts.ts'
import type { ErrorResponse } from './faults.ts'

/** Returns what an answer that replaces a page says, in the language of the request. */
export function sayFault(
  { fault }: ErrorResponse,
  headers: LanguageHeaders,
  languages: Readonly<Environment['languages']>,
): string {
  return fault === undefined ? '' : `${allTexts[findLanguage(headers, languages)].faults[fault]}\n`
}
