import type { ReactNode } from 'react'
import { logoutPath } from '../../session/paths.ts'
import { SubmitButton } from '../../ui/submit-button.tsx'

/** A form of plain HTML: its navigation discards the page and all that it holds. */
export function LogoutForm(): ReactNode {
  return (
    <form action={logoutPath} method="post">
      <SubmitButton look="small" pendingText="Logging out…">
        Log out
      </SubmitButton>
    </form>
  )
}
