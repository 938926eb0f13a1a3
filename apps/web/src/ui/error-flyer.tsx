'use client'

import type { ReactNode } from 'react'
import { useFormTexts } from '../forms/form-context.tsx'

/** Says that a page failed, with two ways on: try again, or home. */
export function ErrorFlyer({ retry }: { retry: () => void }): ReactNode {
  const texts = useFormTexts()
  return (
    <main className="error-flyer">
      <title>{`${texts.errorTitle} · Pockitflyer`}</title>
      <h1 className="font-display text-2xl font-bold">{texts.errorTitle}</h1>
      <p role="alert">{texts.error}</p>
      <button type="button" onClick={() => retry()} className="button-main">
        {texts.retry}
      </button>
      <a href="/" className="button-quiet">
        {texts.home}
      </a>
    </main>
  )
}
