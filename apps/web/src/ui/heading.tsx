import type { ReactNode } from 'react'

interface HeadingProps {
  children: string
  /** The title of the document. Default: the heading. */
  documentTitle?: string | undefined
}

/**
 * The one heading of a page, and the title of the document. The title is an element, not metadata
 * of Next.js, which costs 5 % of the login page's processor time. In large type on a narrow screen
 * the heading grows less than the text: its words must fit.
 */
export function Heading({ children, documentTitle = children }: HeadingProps): ReactNode {
  return (
    <>
      <title>{`${documentTitle} · Pockitflyer`}</title>
      <h1 className="mt-7 font-display text-[min(2rem,1rem+4vw)] leading-tight text-balance font-bold break-words">
        {children}
      </h1>
    </>
  )
}
