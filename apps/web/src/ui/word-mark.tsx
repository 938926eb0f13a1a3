import type { ReactNode } from 'react'
import { Mark } from './mark.tsx'

/** The mark and the name of the product. */
export function WordMark(): ReactNode {
  return (
    <p className="flex items-center gap-2.5 font-display text-[min(1.25rem,0.75rem+2vw)] font-bold">
      <Mark className="size-[min(2.25rem,11vw)] shrink-0" />
      Pockitflyer
    </p>
  )
}
