import { fieldTexts, fillText } from '@pockitflyer/auth-protocol/errors'
import type { Language } from '@pockitflyer/languages'
import { findServiceText, type ServiceText, translate } from '@pockitflyer/languages/service'
import { fillPlural } from '../texts/plural.ts'
import { allTexts, type Texts } from '../texts/all-texts.ts'

interface FieldFault {
  field: string
  /** The service's text, in any of its languages. */
  message: string
  /** The language of the page. */
  language: Language
}

/**
 * Returns what is wrong with a field in the words of a page. The service's own are those of Django
 * REST framework, which its other clients show. One that has no other words here is translated; a
 * text that is not the service's stays as it is.
 */
export function toPlainWords({ field, message, language }: FieldFault): string {
  const { blank, missing, ...others } = allTexts[language].fieldErrors
  const found = findServiceText(message)
  const kind = found && kinds[found.key]
  if (found === undefined) return message
  if (kind === undefined) return translate(fillText(found.key, found.values), language)
  if (kind === 'missing') return Object.entries(blank).find(([name]) => name === field)?.[1] ?? missing
  const words = others[kind]
  return typeof words === 'string' ? words : fillPlural(words, Number(found.values['count']), language)
}

type Kind = Exclude<keyof Texts['fieldErrors'], 'blank'>

/** The service's texts that have other words here. */
const kinds: Partial<Record<ServiceText, Kind>> = {
  [fieldTexts.required]: 'missing',
  [fieldTexts.null]: 'missing',
  [fieldTexts.blank]: 'missing',
  [fieldTexts.notEmail]: 'noEmail',
  [fieldTexts.tooLong]: 'tooLong',
  [fieldTexts.tooManyBytes]: 'tooLongPassword',
  [fieldTexts.passwordTooShort]: 'tooShort',
  [fieldTexts.passwordTooCommon]: 'tooCommon',
  [fieldTexts.samePassword]: 'samePassword',
  [fieldTexts.wrongPassword]: 'wrongPassword',
  [fieldTexts.nullCharacter]: 'strangeCharacter',
  [fieldTexts.surrogate]: 'strangeCharacter',
}
