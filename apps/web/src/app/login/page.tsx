import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { getViewer } from '../../session/viewer.ts'
import { Flyer } from '../../ui/flyer.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { LoginForm } from './login-form.tsx'

export const metadata: Metadata = { title: 'Log in' }

/** Why somebody was sent here, as `?notice=` names it. */
const notices = new Map([
  ['session-ended', 'Your session has ended. Please log in again.'],
  ['logged-out', 'You are logged out.'],
  ['unavailable', 'We cannot reach your account right now. Please try again in a moment.'],
])

export default async function LoginPage({ searchParams }: PageProps<'/login'>): Promise<ReactNode> {
  if ((await getViewer()).kind === 'signed_in') redirect('/account')
  const { notice } = await searchParams
  const text = typeof notice === 'string' ? notices.get(notice) : undefined
  return (
    <PageShell>
      <Flyer title="Log in" lead="Good to see you again.">
        <LoginForm>{text !== undefined && <Notice tone="info">{text}</Notice>}</LoginForm>
      </Flyer>
    </PageShell>
  )
}
