'use client'

import { lazy, type ReactNode } from 'react'
import { loadAfterLoad } from '../after-load/use-after-load.ts'

/** If it does not come, the global page stands in. */
const ErrorFlyer = lazy(async () => ({ default: (await loadAfterLoad()).ErrorFlyer }))

/** Replaces a page that failed to render. */
export default function ErrorPage({ retry }: { retry: () => void }): ReactNode {
  return <ErrorFlyer retry={retry} />
}
