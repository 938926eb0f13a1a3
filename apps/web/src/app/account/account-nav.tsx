'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/** A page in the navigation. */
export interface NavItem {
  path: string
  name: string
}

/**
 * The navigation of the account, as tabs of its sheet. Plain links, not next/link: the browser
 * requests each page anew, so its memory keeps nothing private.
 */
export function AccountNav({ label, items }: { label: string; items: NavItem[] }): ReactNode {
  const pathname = usePathname()
  const current = items.findLast(({ path }) => `${pathname}/`.startsWith(`${path}/`))
  return (
    <nav
      aria-label={label}
      className="relative px-[min(1.5rem,6vw)] phone:px-0 wide:self-start wide:pt-10 print:hidden"
    >
      <ul className="flex flex-wrap gap-x-[min(1.5rem,4vw)] phone:gap-x-1 wide:flex-col wide:gap-y-1">
        {items.map(({ path, name }) => (
          <li key={path}>
            <a href={path} aria-current={path === current?.path ? 'page' : undefined} className={tabLook}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Forced colours show every edge, so there the current tab has the colours of a selection. */
const tabLook =
  'flex min-h-12 items-center border-b-4 border-transparent font-semibold text-ink-soft no-underline ' +
  'hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink ' +
  'phone:rounded-t-lg phone:px-4 phone:aria-[current=page]:bg-paper ' +
  'wide:rounded-s-lg wide:rounded-e-none wide:border-s-4 wide:border-b-0 ' +
  'forced-colors:aria-[current=page]:bg-[Highlight] forced-colors:aria-[current=page]:text-[HighlightText] ' +
  'forced-colors:aria-[current=page]:forced-color-adjust-none'
