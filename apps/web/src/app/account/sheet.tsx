import type { ReactNode } from 'react'
import { Heading } from '../../ui/heading.tsx'

interface SheetProps {
  /** The page's one heading. */
  title: string
  children: ReactNode
}

/** What stands on the sheet of a page of the account. */
export function Sheet({ title, children }: SheetProps): ReactNode {
  return (
    <>
      <Heading>{title}</Heading>
      <div className="mt-6">{children}</div>
    </>
  )
}
