import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { describePasswordRules } from '../../forms/describe-password-rules.ts'
import { accountPath, findReturnPath, loginPath } from '../../session/paths.ts'
import { userCookieName } from '../../session/cookies.ts'
import { WatchSession } from '../../session/watch-session.tsx'
import { me, readAsViewer } from '../../session/authenticated-query.ts'
import { readPolicy } from '../../session/read-policy.ts'
import { readTexts, type Texts } from '../../texts/texts.ts'
import { Flyer } from '../../ui/flyer.tsx'
import { OtherWay } from '../../ui/other-way.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { renderPlainHttpNotice } from '../../ui/plain-http-notice.tsx'
import { RegisterForm } from './register-form.tsx'

export default async function RegisterPage({ searchParams }: PageProps<'/register'>): Promise<ReactNode> {
  const returnPath = findReturnPath((await searchParams)['next'])
  const [viewer, policy] = await Promise.all([readAsViewer(me), readPolicy()])
  if (viewer.kind === 'answered') redirect(returnPath ?? accountPath)
  const login = loginPath(returnPath)
  const { register: texts, registerForm } = await readTexts()
  return (
    <PageShell>
      {policy?.registration === false ? (
        <Closed texts={texts} login={login} />
      ) : (
        <Flyer title={texts.title} lead={texts.lead}>
          <WatchSession cookieName={userCookieName(getEnvironment().isProduction)} />
          {await renderPlainHttpNotice()}
          <RegisterForm
            texts={registerForm}
            next={returnPath}
            rules={await describePasswordRules(policy?.password.min_length)}
          />
          <OtherWay question={texts.hasAccount} href={login} answer={texts.login} />
        </Flyer>
      )}
    </PageShell>
  )
}

function Closed({ texts, login }: { texts: Texts['register']; login: string }): ReactNode {
  return (
    <Flyer title={texts.closedTitle}>
      <p className="mb-6 leading-relaxed">{texts.closed}</p>
      <a href={login} className="button-main">
        {texts.login}
      </a>
    </Flyer>
  )
}
