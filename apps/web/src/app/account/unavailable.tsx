import type { ReactNode } from 'react'
import { buttonLook } from '../../ui/button-look.ts'
import { Notice } from '../../ui/notice.tsx'
import type { AccountPage } from './pages.ts'
import { Sheet } from './sheet.tsx'

interface UnavailableProps {
  page: AccountPage
  title: string
  /** The unreachable part. */
  what?: string
}

/** Replaces a page of the account while the service does not answer. The session stays. */
export function Unavailable({ page, title, what = 'your account' }: UnavailableProps): ReactNode {
  return (
    <Sheet title={title}>
      <div className="grid gap-5">
        <Notice tone="error">We cannot reach {what} right now. You are still logged in.</Notice>
        <a href={page.path} className={buttonLook}>
          Try again
        </a>
      </div>
    </Sheet>
  )
}
