import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { readUserId, userCookieName } from '../../session/cookies.ts'
import { OwnerOfForms } from '../../session/owner.tsx'
import { WatchSession } from '../../session/watch-session.tsx'
import { Heading } from '../../ui/heading.tsx'
import { LanguagePage } from '../../ui/language-page.tsx'

interface SheetProps {
  /** The page's one heading. */
  title: string
  children: ReactNode
}

/**
 * What stands on the sheet of a page of the account. It says whose page it is, not the layout,
 * which may outlast its user.
 */
export async function Sheet({ title, children }: SheetProps): Promise<ReactNode> {
  const { isProduction } = getEnvironment()
  const userId = readUserId(await cookies(), isProduction)
  return (
    <OwnerOfForms userId={userId}>
      <WatchSession cookieName={userCookieName(isProduction)} userId={userId} />
      <LanguagePage />
      <Heading>{title}</Heading>
      <div className="mt-6">{children}</div>
    </OwnerOfForms>
  )
}
