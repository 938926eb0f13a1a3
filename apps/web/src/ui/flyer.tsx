import type { ReactNode } from 'react'
import { Mark } from './mark.tsx'
import { TearOffTabs } from './tear-off-tabs.tsx'

interface FlyerProps {
  /** The page's one heading. */
  title: string
  /** A line below the heading. */
  lead?: string
  /** Content beside the mark. */
  aside?: ReactNode
  /** Links to the neighbouring pages. */
  nav?: ReactNode
  children: ReactNode
}

/** A sheet pinned to the board: the mark, a heading, the content, and tabs to tear off. */
export function Flyer({ title, lead, aside, nav, children }: FlyerProps): ReactNode {
  return (
    <div className="relative min-w-0 drop-shadow-[0_10px_24px_var(--shadow)]">
      <Pin />
      <div className="rounded-t-lg bg-paper px-6 pt-9 pb-8 sm:px-10">
        <div className="flex min-h-11 items-center justify-between gap-4">
          <p className="flex items-center gap-2.5 text-lg font-bold tracking-tight">
            <Mark className="size-9" />
            Pockitflyer
          </p>
          {aside}
        </div>
        {nav}
        <h1 className="mt-7 text-3xl leading-tight text-balance font-bold tracking-tight">{title}</h1>
        {lead !== undefined && <p className="mt-1.5 text-ink-soft">{lead}</p>}
        <div className="mt-6">{children}</div>
      </div>
      <TearOffTabs />
    </div>
  )
}

function Pin(): ReactNode {
  return (
    <svg viewBox="0 0 28 28" aria-hidden="true" className="absolute -top-3 left-1/2 size-7 -translate-x-1/2">
      <circle className="fill-shadow" cx="15.5" cy="16" r="11" />
      <circle className="fill-coral-deep" cx="14" cy="14" r="11" />
      <circle className="fill-coral" cx="13" cy="12.5" r="8" />
    </svg>
  )
}
