import type { ReactNode } from 'react'
import { getEnvironment } from '../environment.ts'
import { readTexts } from '../texts/texts.ts'

/** The links for help, terms and privacy that are set, at the foot of each page. */
export function Footer(): ReactNode {
  const { links } = getEnvironment()
  const texts = readTexts().footer
  const shown = [
    { href: links.help, text: texts.help },
    { href: links.terms, text: texts.terms },
    { href: links.privacy, text: texts.privacy },
  ].filter(({ href }) => href !== undefined)
  if (shown.length === 0) return null
  return (
    <footer className="mx-auto mb-6 rounded-field bg-paper px-6 print:hidden">
      <ul className="flex flex-wrap justify-center gap-x-6">
        {shown.map(({ href, text }) => (
          <li key={text}>
            <a href={href} className="inline-flex min-h-11 items-center">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </footer>
  )
}
