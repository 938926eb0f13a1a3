import type { Language } from '@pockitflyer/languages'
import { fillText } from '@pockitflyer/auth-protocol/errors'
import { localeOf } from './locale.ts'

/** A text with `{count}` in it, by the plural forms of its language (Unicode CLDR). */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/** Declares a text as a plural, so that other languages may have forms that English lacks. */
export function plural(forms: Plural): Plural {
  return forms
}

/**
 * Puts a number into the form that it needs.
 * @example fillPlural({ one: '{count} letter', other: '{count} letters' }, 8, 'en') // '8 letters'
 */
export function fillPlural(forms: Plural, count: number, language: Language): string {
  const form = forms[new Intl.PluralRules(language).select(count)] ?? forms.other
  return fillText(form, { count: new Intl.NumberFormat(localeOf(language)).format(count) })
}
