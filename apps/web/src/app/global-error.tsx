'use client'

import './globals.css'
import { type ReactNode, useEffect, useState } from 'react'

/** What the page says until its texts in another language have come, or where they do not. */
const english = {
  language: 'en',
  direction: 'ltr',
  errorTitle: 'Something went wrong',
  error: 'That was our mistake, not yours. Please try again.',
  retry: 'Try again',
  home: 'Back to your account',
}

/**
 * Replaces the whole document when the root layout failed. It is plain, and its other languages
 * load when they are needed, since every page brings it.
 */
export default function GlobalErrorPage({ retry }: { retry: () => void }): ReactNode {
  // React takes the attributes off the failed document when it puts this one in its place.
  const [failedLanguage] = useState(() => globalThis.document?.documentElement.lang)
  const [texts, setTexts] = useState(english)
  useEffect(() => {
    import('../language/find-error-texts.ts')
      .then(({ findErrorTexts }) => findErrorTexts(failedLanguage))
      .then(setTexts, () => undefined)
  }, [failedLanguage])
  return (
    <html lang={texts.language} dir={texts.direction}>
      <body>
        <main key={texts.language} className="mx-auto grid max-w-sm justify-items-start gap-4 p-6">
          <title>{`${texts.errorTitle} · Pockitflyer`}</title>
          <h1 className="text-2xl font-bold">{texts.errorTitle}</h1>
          <p role="alert">{texts.error}</p>
          <button type="button" className="font-bold underline" onClick={() => retry()}>
            {texts.retry}
          </button>
          <a href="/">{texts.home}</a>
        </main>
      </body>
    </html>
  )
}
