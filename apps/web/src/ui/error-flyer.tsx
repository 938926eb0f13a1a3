'use client'

import type { ReactNode } from 'react'
import { buttonLook, quietButtonLook } from './button-look.ts'
import { Flyer } from './flyer.tsx'
import { PageShell } from './page-shell.tsx'

/** Says that a page failed, with two links: try again, or home. */
export function ErrorFlyer({ retry }: { retry: () => void }): ReactNode {
  return (
    <PageShell>
      <title>Something went wrong · Pockitflyer</title>
      <Flyer title="Something went wrong">
        <p className="mb-6 leading-relaxed" role="alert">
          That was our mistake, not yours. Please try again.
        </p>
        <div className="grid gap-3">
          <button type="button" onClick={() => retry()} className={buttonLook}>
            Try again
          </button>
          <a href="/" className={quietButtonLook}>
            Back to your account
          </a>
        </div>
      </Flyer>
    </PageShell>
  )
}
