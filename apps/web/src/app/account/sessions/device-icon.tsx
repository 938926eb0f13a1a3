import type { ReactNode } from 'react'

const phone = 'M13 4h14a3 3 0 0 1 3 3v26a3 3 0 0 1-3 3H13a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3zM17 31h6'
const tablet = 'M9 5h22a3 3 0 0 1 3 3v24a3 3 0 0 1-3 3H9a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3zM17 30h6'
const screen = 'M6 7h28a2 2 0 0 1 2 2v17a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM20 28v6M13 34h14'
const unknown =
  'M20 4a16 16 0 1 0 0 32 16 16 0 1 0 0-32zM15.5 16a4.5 4.5 0 1 1 6.5 4c-1.4.7-2 1.6-2 3.5M20 28.5v.5'

const drawings: Record<string, string> = { mobile: phone, tablet, desktop: screen, tv: screen }

/** A drawing of a kind of device. Decoration: its name is beside it. */
export function DeviceIcon({ type }: { type: string | null }): ReactNode {
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true" className="mt-0.5 size-10 shrink-0">
      <path
        className="fill-none stroke-ink-soft"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        d={drawings[type ?? ''] ?? unknown}
      />
    </svg>
  )
}
