'use client'

import type { ReactNode } from 'react'
import { ErrorFlyer } from '../ui/error-flyer.tsx'

/** Replaces a page that failed to render. */
export default function ErrorPage({ retry }: { retry: () => void }): ReactNode {
  return <ErrorFlyer retry={retry} />
}
