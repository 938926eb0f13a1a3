import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { readAnswer } from '../../forms/answer.ts'
import { pickCodeTexts } from '../../mailed-links/code-texts.ts'
import { type AskedMail, readBrowserSecret, readVerifyingMail } from '../../mailed-links/cookies.ts'
import { OverFlyer } from '../../mailed-links/over-flyer.tsx'
import { readSentNotice, type SentNotice } from '../../mailed-links/paths.ts'
import { loginPath, registerPath } from '../../session/paths.ts'
import { pickTexts } from '../../texts/pick-texts.ts'
import { readTexts, type Texts } from '../../texts/texts.ts'
import { ArrivalNotice } from '../../ui/arrival-notice.tsx'
import { Flyer } from '../../ui/flyer.tsx'
import { OtherWay } from '../../ui/other-way.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { describeSent, pickResendTexts } from '../forgot-password/mail-sent.tsx'
import { ResendForm } from '../forgot-password/resend-form.tsx'
import { findSecondsLeft } from '../forgot-password/resend-wait.ts'
import { CodeByHand } from './code-by-hand.tsx'
import { LinkButton } from './link-button.tsx'
import { isRegistrant, type ShownRegistrant } from './registrant-facts.tsx'
import { resend } from './resend.ts'

/**
 * The page that waits for the mail of a registration, and the one that its link opens. To show it
 * asks the service nothing: it is the same for a good and a bad link, and a robot that opens it
 * changes nothing. Its meta element stands here for the reason that `/reset-password` gives.
 */
export default async function VerifyEmailPage({
  searchParams,
}: PageProps<'/verify-email'>): Promise<ReactNode> {
  const texts = await readTexts()
  const { isProduction } = getEnvironment()
  const { t, over, sent } = await searchParams
  const kept = await cookies()
  const waiting = readVerifyingMail(kept, isProduction)
  const notice = readSentNotice(sent)
  const { rejected } = texts.registrant
  const [token] = [t ?? []].flat()
  return (
    <PageShell>
      <meta name="referrer" content="strict-origin" />
      {token ? (
        <Link texts={texts} token={token} isHere={readBrowserSecret(kept, isProduction) !== undefined} />
      ) : over === 'rejected' ? (
        <OverFlyer
          over={over}
          texts={{ rejected, missing: rejected }}
          href={loginPath(undefined)}
          answer={texts.verifyEmail.login}
        />
      ) : notice !== undefined && over === undefined && waiting !== undefined ? (
        <Sent texts={texts} waiting={waiting} notice={notice} />
      ) : (
        <ByHand texts={texts} waiting={waiting} isOver={over !== undefined} />
      )}
    </PageShell>
  )
}

const facts = ['name', 'when', 'device', 'deviceOn', 'address', 'unknown'] as const
const registrantKeys = [...facts, 'title', 'notMine', 'codeHint', 'reject'] as const

interface LinkProps {
  texts: Texts
  token: string
  /** Whether this browser asked for a mail. */
  isHere: boolean
}

async function Link({ texts, token, isHere }: LinkProps): Promise<ReactNode> {
  const { verifyEmail, mailCode, registrant } = texts
  return (
    <Flyer title={verifyEmail.title}>
      <p className="mb-6 leading-relaxed">{isHere ? verifyEmail.here : verifyEmail.elsewhere}</p>
      <LinkButton
        texts={{
          verifyEmail: pickTexts(verifyEmail, ['confirm', 'confirmByCode', 'confirming']),
          mailCode: pickTexts(mailCode, ['label', 'checking']),
          registrant: pickTexts(registrant, registrantKeys),
        }}
        token={token}
        button={isHere ? verifyEmail.confirm : verifyEmail.showRegistrant}
        registrant={await readRegistrant()}
      />
    </Flyer>
  )
}

/** Returns who registered, in the answer to the form of a link. */
async function readRegistrant(): Promise<ShownRegistrant | undefined> {
  const shown = (await readAnswer())?.shown
  return isRegistrant(shown) ? shown : undefined
}

interface SentProps {
  texts: Texts
  waiting: AskedMail
  notice: SentNotice
}

/** Says that a mail is on its way, the same for every email. */
function Sent({ texts: { mailSent, mailCode, verifyEmail }, waiting, notice }: SentProps): ReactNode {
  return (
    <Flyer title={mailSent.title}>
      <ArrivalNotice notice={describeSent(mailSent, waiting, notice)} />
      <p className="mb-6 leading-relaxed">{verifyEmail.next}</p>
      <CodeByHand texts={pickCodeTexts(mailCode)} button={verifyEmail.confirm} asksEmail={false} />
      <div className="mt-3">
        <ResendForm
          action={resend}
          texts={pickResendTexts(mailSent)}
          waitSeconds={findSecondsLeft(waiting)}
        />
      </div>
      <OtherWay question={mailSent.wrongEmail} href={registerPath(undefined)} answer={mailSent.correct} />
    </Flyer>
  )
}

interface ByHandProps {
  texts: Texts
  waiting: AskedMail | undefined
  /** A link did not work. */
  isOver: boolean
}

/** Takes the code without a link, and tells what to do when a link does not work. */
function ByHand({ texts: { mailSent, mailCode, verifyEmail }, waiting, isOver }: ByHandProps): ReactNode {
  const text = isOver ? verifyEmail.over : verifyEmail.byHand
  return (
    <Flyer title={isOver ? verifyEmail.overTitle : verifyEmail.title}>
      <ArrivalNotice notice={{ tone: 'info', text }} />
      <CodeByHand
        texts={pickCodeTexts(mailCode)}
        button={verifyEmail.confirm}
        asksEmail={waiting === undefined}
      />
      {waiting !== undefined && (
        <div className="mt-3">
          <ResendForm
            action={resend}
            texts={pickResendTexts(mailSent)}
            waitSeconds={findSecondsLeft(waiting)}
          />
        </div>
      )}
      <OtherWay question={verifyEmail.done} href={loginPath(undefined)} answer={verifyEmail.login} />
    </Flyer>
  )
}
