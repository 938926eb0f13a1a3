import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { forgotPasswordPath } from '../../mailed-links/paths.ts'
import { accountPath, findReturnPath, type LoginReason, registerPath } from '../../session/paths.ts'
import { userCookieName } from '../../session/cookies.ts'
import { WatchSession } from '../../session/watch-session.tsx'
import { me, readAsViewer } from '../../session/authenticated-query.ts'
import { readPolicy } from '../../session/read-policy.ts'
import { readTexts, type Texts } from '../../texts/texts.ts'
import { Flyer } from '../../ui/flyer.tsx'
import { ForgetNotice } from '../../ui/forget-notice.tsx'
import { Notice } from '../../ui/notice.tsx'
import { findNotice, type Notices } from '../../ui/notices.ts'
import { OtherWay } from '../../ui/other-way.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { renderPlainHttpNotice } from '../../ui/plain-http-notice.tsx'
import { LoginForm } from './login-form.tsx'

const listNotices = ({ loginNotices: texts }: Texts): Notices<LoginReason> => ({
  'session-ended': { tone: 'info', text: texts.sessionEnded },
  'draft-lost': { tone: 'info', text: texts.draftLost },
  'logged-out': { tone: 'info', text: texts.loggedOut },
  'logged-out-here': { tone: 'info', text: texts.loggedOutHere },
  'password-reset': { tone: 'info', text: texts.passwordReset },
  'email-verified': { tone: 'info', text: texts.emailVerified },
  'not-kept': { tone: 'error', text: texts.notKept },
  unavailable: { tone: 'info', text: texts.unavailable },
})

export default async function LoginPage({ searchParams }: PageProps<'/login'>): Promise<ReactNode> {
  const texts = await readTexts()
  const { title, lead, forgot, isNew, register } = texts.login
  const { notice, next } = await searchParams
  const returnPath = findReturnPath(next)
  const [viewer, policy] = await Promise.all([readAsViewer(me), readPolicy()])
  if (viewer.kind === 'answered') redirect(returnPath ?? accountPath)
  // What led to the login comes first in the title: a screen reader reads that out when a page has
  // loaded, and no notice that came with it.
  const found = findNotice(listNotices(texts), notice)
  return (
    <PageShell>
      <Flyer title={title} documentTitle={found && `${found.text} ${title}`} lead={lead}>
        <WatchSession cookieName={userCookieName(getEnvironment().isProduction)} />
        {await renderPlainHttpNotice()}
        <LoginForm texts={texts.loginForm} next={returnPath}>
          {found !== undefined && <Notice tone={found.tone}>{found.text}</Notice>}
        </LoginForm>
        {found !== undefined && <ForgetNotice />}
        {policy?.password_reset === true && (
          <p className="mt-4 text-center">
            <a href={forgotPasswordPath} className="inline-flex min-h-11 items-center font-semibold">
              {forgot}
            </a>
          </p>
        )}
        {policy?.registration === true && (
          <OtherWay question={isNew} href={registerPath(returnPath)} answer={register} />
        )}
      </Flyer>
    </PageShell>
  )
}
