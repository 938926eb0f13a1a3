import type { ReactNode } from 'react'
import { LanguagePage } from './language-page.tsx'

/** The frame of a page: the notice board, and the content in its middle. A phone has no board. */
export function PageShell({ children }: { children: ReactNode }): ReactNode {
  return (
    <>
      <LanguagePage />
      <main className="board mx-auto grid w-full grow phone:max-w-[30rem] phone:items-center phone:px-4 phone:py-12">
        {children}
      </main>
    </>
  )
}
