'use client'

import './globals.css'
import type { ReactNode } from 'react'
import { ErrorFlyer } from '../ui/error-flyer.tsx'

/** Replaces the whole document when the root layout failed. */
export default function GlobalErrorPage({ retry }: { retry: () => void }): ReactNode {
  return (
    <html lang="en">
      <body>
        <ErrorFlyer retry={retry} />
      </body>
    </html>
  )
}
