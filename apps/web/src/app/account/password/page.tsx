import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { me } from '../../../session/reading.ts'
import { readForPage } from '../../../session/read-for-page.ts'
import { AccountFlyer } from '../account-flyer.tsx'
import { accountPages } from '../pages.ts'
import { Unavailable } from '../unavailable.tsx'
import { PasswordForm } from './password-form.tsx'

const title = 'Change your password'
const page = accountPages.password

export const metadata: Metadata = { title }

export default async function PasswordPage(): Promise<ReactNode> {
  const user = await readForPage(page.path, me)
  if (user === undefined) return <Unavailable page={page} title={title} />
  return (
    <AccountFlyer page={page} title={title}>
      <PasswordForm email={user.email} />
    </AccountFlyer>
  )
}
