import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { accountPath, findReturnPath, loginPath } from '../../session/paths.ts'
import { userCookieName } from '../../session/cookies.ts'
import { WatchSession } from '../../session/watch-session.tsx'
import { me, readAsViewer } from '../../session/authenticated-query.ts'
import { readPolicy } from '../../session/read-policy.ts'
import { buttonLook } from '../../ui/button-look.ts'
import { Flyer } from '../../ui/flyer.tsx'
import { OtherWay } from '../../ui/other-way.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { PlainHttpNotice } from '../../ui/plain-http-notice.tsx'
import { RegisterForm } from './register-form.tsx'

export const metadata: Metadata = { title: 'Create an account' }

export default async function RegisterPage({ searchParams }: PageProps<'/register'>): Promise<ReactNode> {
  const returnPath = findReturnPath((await searchParams)['next'])
  const [viewer, policy] = await Promise.all([readAsViewer(me), readPolicy()])
  if (viewer.kind === 'answered') redirect(returnPath ?? accountPath)
  const login = loginPath(returnPath)
  return (
    <PageShell>
      {policy?.registration === false ? (
        <Closed login={login} />
      ) : (
        <Flyer title="Create an account" lead="One account for every Pockitflyer app.">
          <WatchSession cookieName={userCookieName(getEnvironment().isProduction)} />
          <PlainHttpNotice />
          <RegisterForm next={returnPath} minLength={policy?.password.min_length} />
          <OtherWay question="Already have one?" href={login} answer="Log in" />
        </Flyer>
      )}
    </PageShell>
  )
}

function Closed({ login }: { login: string }): ReactNode {
  return (
    <Flyer title="Registration is closed">
      <p className="mb-6 leading-relaxed">
        New accounts cannot be created here at the moment. If you have one, you can log in.
      </p>
      <a href={login} className={buttonLook}>
        Log in
      </a>
    </Flyer>
  )
}
