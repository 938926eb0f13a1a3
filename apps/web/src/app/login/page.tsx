import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { forgotPasswordPath } from '../../mailed-links/paths.ts'
import { accountPath, findReturnPath, type LoginReason, registerPath } from '../../session/paths.ts'
import { userCookieName } from '../../session/cookies.ts'
import { WatchSession } from '../../session/watch-session.tsx'
import { me, readAsViewer } from '../../session/authenticated-query.ts'
import { readPolicy } from '../../session/read-policy.ts'
import { readTexts } from '../../texts/texts.ts'
import { Flyer } from '../../ui/flyer.tsx'
import { ForgetNotice } from '../../ui/forget-notice.tsx'
import { Notice } from '../../ui/notice.tsx'
import { findNotice, type Notices } from '../../ui/notices.ts'
import { OtherWay } from '../../ui/other-way.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { PlainHttpNotice } from '../../ui/plain-http-notice.tsx'
import { LoginForm } from './login-form.tsx'

const notices: Notices<LoginReason> = {
  'session-ended': { tone: 'info', text: 'Your session has ended. Please log in again.' },
  'logged-out': { tone: 'info', text: readTexts().logout.done },
  'logged-out-here': { tone: 'info', text: readTexts().logout.untold },
  'password-reset': { tone: 'info', text: readTexts().login.passwordReset },
  'email-verified': { tone: 'info', text: readTexts().login.emailVerified },
  unavailable: {
    tone: 'info',
    text: 'We cannot reach your account right now. Please try again in a moment.',
  },
}

/**
 * What led to the login comes first in the title: a screen reader reads that out when a page has
 * loaded, and no notice that came with it.
 */
export async function generateMetadata({ searchParams }: PageProps<'/login'>): Promise<Metadata> {
  const found = findNotice(notices, (await searchParams)['notice'])
  return { title: found === undefined ? 'Log in' : `${found.text} Log in` }
}

export default async function LoginPage({ searchParams }: PageProps<'/login'>): Promise<ReactNode> {
  const { notice, next } = await searchParams
  const returnPath = findReturnPath(next)
  const [viewer, policy] = await Promise.all([readAsViewer(me), readPolicy()])
  if (viewer.kind === 'answered') redirect(returnPath ?? accountPath)
  const found = findNotice(notices, notice)
  return (
    <PageShell>
      <Flyer title="Log in" lead="Good to see you again.">
        <WatchSession cookieName={userCookieName(getEnvironment().isProduction)} />
        <PlainHttpNotice />
        <LoginForm next={returnPath}>
          {found !== undefined && <Notice tone={found.tone}>{found.text}</Notice>}
        </LoginForm>
        {found !== undefined && <ForgetNotice />}
        {policy?.password_reset === true && (
          <p className="mt-4 text-center">
            <a href={forgotPasswordPath} className="inline-flex min-h-11 items-center font-semibold">
              {readTexts().login.forgot}
            </a>
          </p>
        )}
        {policy?.registration === true && (
          <OtherWay question="New here?" href={registerPath(returnPath)} answer="Create an account" />
        )}
      </Flyer>
    </PageShell>
  )
}
