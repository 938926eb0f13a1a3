import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { Flyer } from '../../ui/flyer.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { LogoutForm } from './logout-form.tsx'
import { type AccountPage, accountPages } from './pages.ts'

interface AccountFlyerProps {
  page: AccountPage
  title: string
  children: ReactNode
}

/** A page of the account: the navigation, the logout button and its content. */
export function AccountFlyer({ page, title, children }: AccountFlyerProps): ReactNode {
  return (
    <PageShell>
      <Flyer title={title} aside={<LogoutForm />} nav={<AccountNav current={page} />}>
        {children}
      </Flyer>
    </PageShell>
  )
}

/**
 * Plain links, not next/link: the browser requests each page anew, so its memory keeps nothing
 * private.
 */
function AccountNav({ current }: { current: AccountPage }): ReactNode {
  return (
    <nav aria-label="Your account" className="mt-6 border-b-2 border-crease">
      <ul className="-mb-0.5 flex flex-wrap gap-x-6">
        {listPages().map(({ path, name }) => (
          <li key={path}>
            <a href={path} aria-current={path === current.path ? 'page' : undefined} className={tabLook}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Leaves out the flyers where no flyers service is set. */
function listPages(): AccountPage[] {
  const hasFlyers = getEnvironment().flyersUrl !== undefined
  return Object.values(accountPages).filter((page) => hasFlyers || page !== accountPages.flyers)
}

const tabLook =
  'inline-flex min-h-11 items-center border-b-2 border-transparent font-semibold text-ink-soft no-underline ' +
  'hover:border-edge hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink'
