'use client'

import './globals.css'
import type { ReactNode } from 'react'

/**
 * Replaces the whole document when the root layout failed. It is plain, since every page brings it:
 * with the flyer of the other error page, each page would have that twice.
 */
export default function GlobalErrorPage({ retry }: { retry: () => void }): ReactNode {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Pockitflyer</title>
        <main className="mx-auto grid max-w-sm justify-items-start gap-4 p-6">
          <h1 className="text-2xl font-bold">Something went wrong</h1>
          <p role="alert">That was our mistake, not yours. Please try again.</p>
          <button type="button" className="font-bold underline" onClick={() => retry()}>
            Try again
          </button>
          <a href="/">Back to your account</a>
        </main>
      </body>
    </html>
  )
}
