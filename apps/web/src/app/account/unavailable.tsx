import type { ReactNode } from 'react'
import { buttonLook } from '../../ui/button-look.ts'
import { Flyer } from '../../ui/flyer.tsx'
import { Notice } from '../../ui/notice.tsx'
import { LogoutForm } from './logout-form.tsx'

/** What the account page shows while the service cannot be asked. The session stays. */
export function Unavailable(): ReactNode {
  return (
    <Flyer title="Your account">
      <div className="grid gap-5">
        <Notice tone="error">We cannot reach your account right now. You are still logged in.</Notice>
        {/* A plain link, not next/link: it asks the server again in any case. */}
        <a href="/account" className={buttonLook}>
          Try again
        </a>
      </div>
      <LogoutForm />
    </Flyer>
  )
}
