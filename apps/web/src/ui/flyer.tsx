import type { ReactNode } from 'react'
import { Heading } from './heading.tsx'
import { WordMark } from './word-mark.tsx'

interface FlyerProps {
  /** The page's one heading. */
  title: string
  /** The title of the document. Default: the heading. */
  documentTitle?: string | undefined
  /** A line below the heading. */
  lead?: string
  children: ReactNode
}

/**
 * A sheet pinned to the board: the mark, a heading, the content, and tabs to tear off. On a phone
 * it is the page. Printed, it has no shadow: Firefox prints one page alone of what has a filter.
 */
export function Flyer({ title, documentTitle, lead, children }: FlyerProps): ReactNode {
  return (
    <div className="pinned tear-off relative min-w-0 phone:drop-shadow-[0_10px_24px_var(--shadow)] print:filter-none">
      <div className="bg-paper px-[min(1.5rem,6vw)] py-8 phone:rounded-t-lg phone:px-10 phone:pt-9">
        <WordMark />
        <Heading documentTitle={documentTitle}>{title}</Heading>
        {lead !== undefined && <p className="mt-1.5 text-ink-soft">{lead}</p>}
        <div className="mt-6">{children}</div>
      </div>
    </div>
  )
}
