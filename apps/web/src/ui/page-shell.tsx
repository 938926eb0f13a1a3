import type { ReactNode } from 'react'
import { Board } from './board.tsx'

/** The frame of a page: the notice board, and the content in its middle. */
export function PageShell({ children }: { children: ReactNode }): ReactNode {
  return (
    <>
      <Board />
      <main className="mx-auto grid min-h-svh w-full max-w-[30rem] items-center px-4 py-8 sm:py-12">
        {children}
      </main>
    </>
  )
}
