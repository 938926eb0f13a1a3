'use client'

import type { ReactNode } from 'react'
import { useFormTexts } from '../forms/form-context.tsx'

/** Says that a page failed, with two ways on: try again, or home. */
export function ErrorFlyer({ retry }: { retry: () => void }): ReactNode {
  const texts = useFormTexts()
  return (
    <main className="m-auto grid w-full max-w-[30rem] gap-4 bg-paper px-[min(1.5rem,6vw)] py-8 phone:rounded-lg phone:px-10 phone:shadow-[0_10px_24px_var(--shadow)]">
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
