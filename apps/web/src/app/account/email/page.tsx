import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../../environment.ts'
import { CodeForm } from '../../../mailed-links/code-form.tsx'
import { pickCodeTexts } from '../../../mailed-links/code-texts.ts'
import { type AskedMail, readAskedChange } from '../../../mailed-links/cookies.ts'
import { accountEmailPath } from '../../../mailed-links/paths.ts'
import { readForPage } from '../../../session/read-for-page.ts'
import { pickTexts } from '../../../texts/pick-texts.ts'
import { fillText, readTexts, type Texts } from '../../../texts/texts.ts'
import { ArrivalNotice } from '../../../ui/arrival-notice.tsx'
import { OtherWay } from '../../../ui/other-way.tsx'
import { accountPages } from '../pages.ts'
import { Sheet } from '../sheet.tsx'
import { Unavailable } from '../unavailable.tsx'
import { CancelForm } from './cancel-form.tsx'
import { EmailForm } from './email-form.tsx'
import { enterCode } from './enter-code.ts'

const page = accountPages.profile

export default async function EmailPage({ searchParams }: PageProps<'/account/email'>): Promise<ReactNode> {
  const texts = await readTexts()
  const { title, lead, off } = texts.accountEmail
  const known = await readForPage(accountEmailPath, ({ auth }) =>
    Promise.all([auth.me.query(), auth.policy.query()]),
  )
  if (known === undefined) return <Unavailable page={page} title={title} />
  const [{ email }, policy] = known
  const { sent } = await searchParams
  const asked = readAskedChange(await cookies(), getEnvironment().isProduction)
  if (sent !== undefined && asked !== undefined) return <MailSent texts={texts} asked={asked} />
  return (
    <Sheet title={title}>
      {policy.password_reset ? (
        <>
          <p className="mb-6 leading-relaxed break-words">{fillText(lead, { email })}</p>
          <EmailForm
            texts={pickTexts(texts.accountEmail, ['newEmail', 'currentPassword', 'proof', 'send', 'sending'])}
            email={asked?.email}
          />
        </>
      ) : (
        <p className="leading-relaxed">{off}</p>
      )}
    </Sheet>
  )
}

/** Says that a mail is on its way, the same for an email that another account has. */
function MailSent({ texts, asked: { email } }: { texts: Texts; asked: AskedMail }): ReactNode {
  const { accountEmail, mailSent, mailCode } = texts
  return (
    <Sheet title={mailSent.title}>
      <ArrivalNotice notice={{ tone: 'info', text: fillText(mailSent.sent, { email }) }} />
      <p className="mb-6 leading-relaxed">{mailSent.next}</p>
      <CodeForm action={enterCode} texts={pickCodeTexts(mailCode)} />
      <div className="mt-3">
        <CancelForm texts={pickTexts(accountEmail, ['cancel', 'cancelling'])} />
      </div>
      <OtherWay question={mailSent.wrongEmail} href={accountEmailPath} answer={mailSent.correct} />
    </Sheet>
  )
}
