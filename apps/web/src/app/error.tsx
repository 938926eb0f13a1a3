'use client'

import { lazy, type ReactNode } from 'react'

/**
 * Loads when it is needed, since every page brings this file. If it does not come, the global page
 * stands in.
 */
const ErrorFlyer = lazy(async () => ({ default: (await import('../ui/error-flyer.tsx')).ErrorFlyer }))

/** Replaces a page that failed to render. */
export default function ErrorPage({ retry }: { retry: () => void }): ReactNode {
  return <ErrorFlyer retry={retry} />
}
