import type { ReactNode } from 'react'

/**
 * The name of the product behind its mark: a folded flyer that looks out of a pocket. The mark is a
 * picture of the style sheet, so that no page carries its shapes.
 */
export function WordMark(): ReactNode {
  return (
    <p className="word-mark flex items-center gap-2.5 font-display text-[min(1.25rem,0.75rem+2vw)] font-bold">
      Pockitflyer
    </p>
  )
}
