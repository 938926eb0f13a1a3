import type { ReactNode } from 'react'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { logout } from './logout.ts'

export function LogoutForm(): ReactNode {
  return (
    <form action={logout} className="mt-8">
      <SubmitButton look="quiet" pendingText="Logging out…">
        Log out
      </SubmitButton>
    </form>
  )
}
