import './globals.css'
// Every page brings both: in the scripts of the layout they weigh 0.3 kB less than as files.
import './error.tsx'
import './global-error.tsx'
import localFont from 'next/font/local'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { directionOf } from '@pockitflyer/languages'
import { PageStart } from '../after-load/page-start.tsx'
import { getEnvironment } from '../environment.ts'
import { readAnswer } from '../forms/answer.ts'
import { readFlash } from '../forms/flash.ts'
import { readLanguage } from '../language/read-language.ts'
import { allTexts } from '../texts/all-texts.ts'
import { Footer } from '../ui/footer.tsx'

/**
 * The face of headings: Bricolage Grotesque (SIL Open Font License), Latin letters with those of
 * German, French and Spanish. Until it is there, and for other scripts, a face of the system stands
 * in: Next.js gives Arial the same width and height, so nothing moves when it comes.
 */
const heading = localFont({
  src: '../../node_modules/@fontsource/bricolage-grotesque/files/bricolage-grotesque-latin-700-normal.woff2',
  weight: '700',
  display: 'swap',
  variable: '--font-heading',
})

/**
 * The frame of every page. It reads the request, so that pages render per request: a page made at
 * build time could not carry the nonce.
 */
export default async function RootLayout({ children }: LayoutProps<'/'>): Promise<ReactNode> {
  const language = await readLanguage()
  const texts = allTexts[language]
  const answer = await readAnswer()
  const flash = answer?.state ?? readFlash(await cookies(), getEnvironment().isProduction)
  return (
    <html lang={language} dir={directionOf(language)} className={heading.variable}>
      <head>
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fffdf8" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#221d2c" media="(prefers-color-scheme: dark)" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="icon" href="/icon.svg" sizes="any" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-icon.png" sizes="180x180" />
      </head>
      <body>
        <PageStart texts={texts.forms} flash={flash}>
          {children}
        </PageStart>
        <Footer language={language} texts={texts.frame} />
      </body>
    </html>
  )
}
