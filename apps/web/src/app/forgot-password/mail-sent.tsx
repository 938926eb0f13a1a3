import type { ReactNode } from 'react'
import { CodeForm } from '../../mailed-links/code-form.tsx'
import { pickCodeTexts } from '../../mailed-links/code-texts.ts'
import type { AskedMail } from '../../mailed-links/cookies.ts'
import { forgotPasswordPath, type SentNotice } from '../../mailed-links/paths.ts'
import { pickTexts } from '../../texts/pick-texts.ts'
import { fillText, type Texts } from '../../texts/texts.ts'
import { ArrivalNotice } from '../../ui/arrival-notice.tsx'
import { Flyer } from '../../ui/flyer.tsx'
import type { NoticeText } from '../../ui/notices.ts'
import { OtherWay } from '../../ui/other-way.tsx'
import { enterCode } from './enter-code.ts'
import { resend } from './resend.ts'
import { ResendForm } from './resend-form.tsx'
import { findSecondsLeft } from './resend-wait.ts'

interface MailSentProps {
  texts: Texts
  asked: AskedMail
  notice: SentNotice
}

/**
 * Says that a mail is on its way, the same for every email: here nothing tells whether it has an
 * account. The code of the mail may be typed right here.
 */
export function MailSent({ texts: { mailSent, mailCode }, asked, notice }: MailSentProps): ReactNode {
  return (
    <Flyer title={mailSent.title}>
      <ArrivalNotice notice={describeSent(mailSent, asked, notice)} />
      <p className="mb-6 leading-relaxed">{mailSent.next}</p>
      <CodeForm action={enterCode} texts={pickCodeTexts(mailCode)} />
      <div className="mt-3">
        <ResendForm action={resend} texts={pickResendTexts(mailSent)} waitSeconds={findSecondsLeft(asked)} />
      </div>
      <OtherWay question={mailSent.wrongEmail} href={forgotPasswordPath} answer={mailSent.correct} />
    </Flyer>
  )
}

/** What the button says that sends the mail again. */
export function pickResendTexts(texts: Texts['mailSent']) {
  return pickTexts(texts, ['wait', 'resend', 'resending'])
}

/** What the page of a sent mail says first. */
export function describeSent(texts: Texts['mailSent'], { email }: AskedMail, notice: SentNotice): NoticeText {
  const text = { sent: texts.sent, again: texts.sentAgain, 'too-soon': texts.tooSoon }[notice]
  return { tone: 'info', text: fillText(text, { email }) }
}
