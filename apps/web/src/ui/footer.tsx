import type { Language } from '@pockitflyer/languages'
import type { ReactNode } from 'react'
import { getEnvironment } from '../environment.ts'
import type { Texts } from '../texts/all-texts.ts'
import { Languages } from './languages.tsx'

interface FooterProps {
  language: Language
  texts: Texts['frame']
}

/**
 * The foot of each page: the links for help, terms and privacy that are set, and the languages.
 */
export function Footer({ language, texts }: FooterProps): ReactNode {
  const { links, languages } = getEnvironment()
  const shown = [
    { href: links.help, text: texts.help },
    { href: links.terms, text: texts.terms },
    { href: links.privacy, text: texts.privacy },
  ].filter(({ href }) => href !== undefined)
  if (shown.length === 0 && languages.length < 2) return null
  return (
    <footer className="mx-auto mb-6 rounded-field bg-paper px-[min(1.5rem,6vw)] print:hidden">
      {shown.length > 0 && (
        <ul className="flex flex-wrap justify-center gap-x-6">
          {shown.map(({ href, text }) => (
            <li key={text}>
              <a href={href} className="inline-flex min-h-11 items-center">
                {text}
              </a>
            </li>
          ))}
        </ul>
      )}
      <Languages current={language} label={texts.language} />
    </footer>
  )
}
