import { fillText, readTexts } from '../texts/texts.ts'

/**
 * Returns what is wrong with a field in the words of a page. The service's own are those of Django
 * REST framework, which its other clients show. A text that this app does not know stays as it is.
 */
export function toPlainWords(field: string, message: string): string {
  const { blank, missing, ...others } = readTexts().fieldErrors
  if (/^This field (?:may not be (?:blank|null)|is required)\.$/.test(message)) {
    return Object.entries(blank).find(([name]) => name === field)?.[1] ?? missing
  }
  const [, kind] = known.find(([pattern]) => pattern.test(message)) ?? []
  if (kind === undefined) return message
  const [count = ''] = /\d+/.exec(message) ?? []
  return fillText(others[kind], { count })
}

type Kind = Exclude<keyof ReturnType<typeof readTexts>['fieldErrors'], 'blank' | 'missing'>

/** The service's texts that have other words here; the first number in one is its limit. */
const known: [RegExp, Kind][] = [
  [/^Enter a valid email address\.$/, 'noEmail'],
  [/^Ensure this field has no more than \d+ characters\.$/, 'tooLong'],
  [/^Ensure this field has no more than \d+ bytes\.$/, 'tooLongPassword'],
  [/^This password is too short\./, 'tooShort'],
  [/^This password is too common\.$/, 'tooCommon'],
  [/^The new password must differ from the current one\.$/, 'samePassword'],
  [/^Your (?:current|old) password was entered incorrectly\./, 'wrongPassword'],
  [/^(?:Null|Surrogate) characters are not allowed/, 'strangeCharacter'],
]
