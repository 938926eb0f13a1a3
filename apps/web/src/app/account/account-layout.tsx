import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { readUserId } from '../../session/cookies.ts'
import { OwnerOfForms } from '../../session/owner.tsx'
import { readTexts, type Texts } from '../../texts/texts.ts'
import { WordMark } from '../../ui/word-mark.tsx'
import { AccountMain } from './account-main.tsx'
import { AccountNav, type NavItem } from './account-nav.tsx'
import { LogoutForm } from './logout-form.tsx'
import { accountPages } from './pages.ts'

/**
 * The frame of every page of the account: the logout button, the navigation and the sheet with the
 * page. All but the sheet stand at the same place on each page.
 */
export async function AccountLayout({ children }: { children: ReactNode }): Promise<ReactNode> {
  const userId = readUserId(await cookies(), getEnvironment().isProduction)
  const { account, logout } = await readTexts()
  return (
    <div
      data-account
      className="mx-auto w-full max-w-[64rem] grow phone:px-[min(1.5rem,3vw)] phone:pt-3 phone:pb-12"
    >
      <header className="flex flex-wrap items-center justify-between gap-2 px-[min(1.5rem,6vw)] py-5 phone:px-0">
        <WordMark />
        <OwnerOfForms userId={userId}>
          <LogoutForm texts={logout} />
        </OwnerOfForms>
      </header>
      <div className="wide:grid wide:grid-cols-[12rem_minmax(0,1fr)]">
        <AccountNav label={account.title} items={listItems(account.pages)} />
        <AccountMain>{children}</AccountMain>
      </div>
    </div>
  )
}

/** Leaves out the flyers where no flyers service is set. */
function listItems({ profile, flyers, sessions, password }: Texts['account']['pages']): NavItem[] {
  const hasFlyers = getEnvironment().flyersUrl !== undefined
  return [
    { ...accountPages.profile, name: profile },
    ...(hasFlyers ? [{ ...accountPages.flyers, name: flyers }] : []),
    { ...accountPages.sessions, name: sessions },
    { ...accountPages.password, name: password },
  ]
}
