import { type Language, languages as all } from '@pockitflyer/languages'
import type { ReactNode } from 'react'
import { getEnvironment } from '../environment.ts'
import { languageFormId, languagePath } from '../language/page-path.ts'

/** What each language is called by those who read it. */
const names: Record<Language, string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  ar: 'العربية',
}

interface LanguagesProps {
  current: Language
  label: string
}

/**
 * The buttons that choose the language of the pages: a plain form, which works without JavaScript.
 * `LanguagePage` tells it which page it stands on.
 */
export function Languages({ current, label }: LanguagesProps): ReactNode {
  const { languages } = getEnvironment()
  if (languages.length < 2) return null
  return (
    <form id={languageFormId} action={languagePath} method="post" aria-label={label} className={look}>
      {all
        .filter((language) => languages.includes(language))
        .map((language) => (
          <button
            key={language}
            name="language"
            value={language}
            lang={language}
            aria-current={language === current || undefined}
          >
            {names[language]}
          </button>
        ))}
    </form>
  )
}

/** Of the buttons too: written once, since it stands on every page. */
const look =
  'flex flex-wrap justify-center gap-x-4 *:min-h-11 *:min-w-11 *:cursor-pointer *:text-brand *:underline ' +
  '*:underline-offset-[0.2em] *:hover:text-brand-strong *:aria-[current=true]:font-bold ' +
  '*:aria-[current=true]:text-ink *:aria-[current=true]:no-underline'
