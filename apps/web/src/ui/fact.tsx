import type { ReactNode } from 'react'

/** A name and its value in a list, `<dl className="grid">`. In large type the value is below. */
export function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="flex flex-wrap gap-x-3">
      <dt className="min-w-[4.5em]">{name}</dt>
      <dd className="min-w-[min(100%,8em)] flex-1 break-words text-ink">{children}</dd>
    </div>
  )
}
