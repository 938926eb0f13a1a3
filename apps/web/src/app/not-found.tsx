import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { buttonLook } from '../ui/button-look.ts'
import { Flyer } from '../ui/flyer.tsx'
import { PageShell } from '../ui/page-shell.tsx'

export const metadata: Metadata = { title: 'Page not found' }

export default function NotFoundPage(): ReactNode {
  return (
    <PageShell>
      <Flyer title="This flyer is gone">
        <p className="mb-6 leading-relaxed">
          Nothing is pinned at this address. Perhaps somebody took it down, or the address has a typo.
        </p>
        <a href="/" className={buttonLook}>
          Back to your account
        </a>
      </Flyer>
    </PageShell>
  )
}
