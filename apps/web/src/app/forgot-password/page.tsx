import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { readAskedMail } from '../../mailed-links/cookies.ts'
import { readSentNotice } from '../../mailed-links/paths.ts'
import { loginPath } from '../../session/paths.ts'
import { readPolicy } from '../../session/read-policy.ts'
import { readTexts } from '../../texts/texts.ts'
import { Flyer } from '../../ui/flyer.tsx'
import { OtherWay } from '../../ui/other-way.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { AskForm } from './ask-form.tsx'
import { MailSent } from './mail-sent.tsx'

export default async function ForgotPasswordPage({
  searchParams,
}: PageProps<'/forgot-password'>): Promise<ReactNode> {
  const texts = await readTexts()
  const { sent } = await searchParams
  const notice = readSentNotice(sent)
  const asked = readAskedMail(await cookies(), getEnvironment().isProduction)
  if (notice !== undefined && asked !== undefined) {
    return (
      <PageShell>
        <MailSent texts={texts} asked={asked} notice={notice} />
      </PageShell>
    )
  }
  const isOff = (await readPolicy())?.password_reset === false
  const { title, lead, offTitle, off, remembered, login, send, sending } = texts.forgotPassword
  return (
    <PageShell>
      {isOff ? (
        <Flyer title={offTitle}>
          <p className="leading-relaxed">{off}</p>
          <OtherWay question={remembered} href={loginPath(undefined)} answer={login} />
        </Flyer>
      ) : (
        <Flyer title={title} lead={lead}>
          <AskForm texts={{ send, sending }} email={asked?.email} />
          <OtherWay question={remembered} href={loginPath(undefined)} answer={login} />
        </Flyer>
      )}
    </PageShell>
  )
}
