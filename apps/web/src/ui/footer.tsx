import type { ReactNode } from 'react'
import { getEnvironment } from '../environment.ts'
import { readTexts } from '../texts/texts.ts'
import { Languages } from './languages.tsx'

/**
 * The foot of each page: the links for help, terms and privacy that are set, and the languages.
 */
export async function Footer(): Promise<ReactNode> {
  const { links, languages } = getEnvironment()
  const texts = (await readTexts()).frame
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
      <Languages />
    </footer>
  )
}
