import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { readForPage } from '../../../session/read-for-page.ts'
import { accountPages } from '../pages.ts'
import { Sheet } from '../sheet.tsx'
import { Unavailable } from '../unavailable.tsx'
import { PasswordForm } from './password-form.tsx'

const title = 'Change your password'
const page = accountPages.password

export const metadata: Metadata = { title }

export default async function PasswordPage(): Promise<ReactNode> {
  const known = await readForPage(page.path, ({ auth }) =>
    Promise.all([auth.me.query(), auth.policy.query()]),
  )
  if (known === undefined) return <Unavailable page={page} title={title} />
  const [{ email }, policy] = known
  return (
    <Sheet title={title}>
      <PasswordForm email={email} minLength={policy.password.min_length} />
    </Sheet>
  )
}
