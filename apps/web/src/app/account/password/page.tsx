import type { ReactNode } from 'react'
import { describePasswordRules } from '../../../forms/describe-password-rules.ts'
import { readForPage } from '../../../session/read-for-page.ts'
import { readTexts } from '../../../texts/texts.ts'
import { accountPages } from '../pages.ts'
import { Sheet } from '../sheet.tsx'
import { Unavailable } from '../unavailable.tsx'
import { PasswordForm } from './password-form.tsx'

const page = accountPages.password

export default async function PasswordPage(): Promise<ReactNode> {
  const texts = (await readTexts()).password
  const { title } = texts
  const known = await readForPage(page.path, ({ auth }) =>
    Promise.all([auth.me.query(), auth.policy.query()]),
  )
  if (known === undefined) return <Unavailable page={page} title={title} />
  const [{ email }, policy] = known
  return (
    <Sheet title={title}>
      <PasswordForm
        texts={texts}
        email={email}
        rules={await describePasswordRules(policy.password.min_length)}
      />
    </Sheet>
  )
}
