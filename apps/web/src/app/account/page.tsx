import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { getViewer } from '../../session/viewer.ts'
import { Flyer } from '../../ui/flyer.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { LogoutForm } from './logout-form.tsx'
import { ProfileCard } from './profile-card.tsx'
import { Unavailable } from './unavailable.tsx'

export const metadata: Metadata = { title: 'Your account' }

export default async function AccountPage(): Promise<ReactNode> {
  const viewer = await getViewer()
  switch (viewer.kind) {
    case 'signed_out':
      redirect('/login')
    case 'rejected':
      redirect('/session/renew')
    case 'unavailable':
      return (
        <PageShell>
          <Unavailable />
        </PageShell>
      )
    case 'signed_in':
      return (
        <PageShell>
          <Flyer title="Your account">
            <ProfileCard user={viewer.user} />
            <LogoutForm />
          </Flyer>
        </PageShell>
      )
  }
}
