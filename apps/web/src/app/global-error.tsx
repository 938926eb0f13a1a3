'use client'

import './globals.css'
import type { ReactNode } from 'react'
import { ErrorFlyer } from '../ui/error-flyer.tsx'

/** Instead of everything, when the root layout itself failed. */
export default function GlobalErrorPage({ retry }: { retry: () => void }): ReactNode {
  return (
    <html lang="en">
      <body>
        <ErrorFlyer retry={retry} />
      </body>
    </html>
  )
}
