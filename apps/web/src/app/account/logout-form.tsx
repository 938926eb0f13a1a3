import type { ReactNode } from 'react'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { logout } from './logout.ts'

export function LogoutForm(): ReactNode {
  return (
    <form action={logout}>
      <SubmitButton look="small" pendingText="Logging out…">
        Log out
      </SubmitButton>
    </form>
  )
}
