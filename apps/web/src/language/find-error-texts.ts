import { directionOf, type Language, languages, toLanguage } from '@pockitflyer/languages'
import type { FormTexts } from '../forms/form-context.tsx'
import { findLanguage } from './find-language.ts'

/** Each language's texts are a file of their own, which a browser loads when it needs them. */
const load: Record<Language, () => Promise<FormTexts>> = {
  en: async () => (await import('../texts/en-forms.ts')).enForms.forms,
  de: async () => (await import('../texts/de-forms.ts')).deForms.forms,
  fr: async () => (await import('../texts/fr-forms.ts')).frForms.forms,
  es: async () => (await import('../texts/es-forms.ts')).esForms.forms,
  ar: async () => (await import('../texts/ar-forms.ts')).arForms.forms,
}

/**
 * Returns what the page says that replaces a failed document, in its language. A document that
 * failed on the server has none: then as the server chooses it, by the cookie and the browser.
 */
export async function findErrorTexts(failedLanguage: string | undefined) {
  const headers = { cookie: document.cookie, 'accept-language': navigator.languages.join() }
  const language = toLanguage(failedLanguage) ?? findLanguage({ get: (name) => headers[name] }, languages)
  const { errorTitle, error, retry, home } = await load[language]()
  return { language, direction: directionOf(language), errorTitle, error, retry, home }
}
