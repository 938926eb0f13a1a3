import type { ReactNode } from 'react'

/**
 * The one heading of a page. In large type on a narrow screen it grows less than the text: its
 * words must fit.
 */
export function Heading({ children }: { children: ReactNode }): ReactNode {
  return (
    <h1 className="mt-7 font-display text-[min(2rem,1rem+4vw)] leading-tight text-balance font-bold break-words">
      {children}
    </h1>
  )
}
