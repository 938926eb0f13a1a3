import type { ReactNode } from 'react'

/** A name and its value in a list: `<dl className="grid grid-cols-[auto_1fr] …">`. */
export function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </>
  )
}
