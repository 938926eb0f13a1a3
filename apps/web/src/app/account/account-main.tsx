'use client'

import type { ReactNode } from 'react'
import { useIsRenderedHere } from '../../session/use-is-rendered-here.ts'

/** The sheet with a page of the account. After a login, the reader sees how it is pinned up. */
export function AccountMain({ children }: { children: ReactNode }): ReactNode {
  const isAfterLogin = useIsRenderedHere()
  return (
    <main
      className={
        'pinned relative min-w-0 bg-paper px-[min(1.5rem,6vw)] pt-2 pb-10 phone:rounded-lg phone:px-10 ' +
        'phone:shadow-[0_10px_24px_var(--shadow)] wide:min-h-[30rem] wide:px-14 print:shadow-none ' +
        (isAfterLogin ? 'motion-safe:phone:animate-pin-up' : '')
      }
    >
      {children}
    </main>
  )
}
