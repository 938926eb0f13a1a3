import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { describePasswordRules } from '../../forms/describe-password-rules.ts'
import { pickCodeTexts } from '../../mailed-links/code-texts.ts'
import { readBrowserSecret, readProof, type ResetProof } from '../../mailed-links/cookies.ts'
import { LinkForm } from '../../mailed-links/link-form.tsx'
import { OverFlyer } from '../../mailed-links/over-flyer.tsx'
import { forgotPasswordPath, resetPasswordPath } from '../../mailed-links/paths.ts'
import { readPolicy } from '../../session/read-policy.ts'
import { pickTexts } from '../../texts/pick-texts.ts'
import { readTexts, type Texts } from '../../texts/texts.ts'
import { ArrivalNotice } from '../../ui/arrival-notice.tsx'
import { Flyer } from '../../ui/flyer.tsx'
import { OtherWay } from '../../ui/other-way.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { openLink } from './open-link.ts'
import { PasswordForm } from './password-form.tsx'

/**
 * The page of a mailed link. To show it asks the service nothing about the link: it is the same for
 * a good and a bad one, and a robot that opens it changes nothing.
 *
 * Its header is `Referrer-Policy: no-referrer`. Under that, a form without JavaScript is sent with
 * `Origin: null`, which is refused as cross-site; so the page itself sends its bare origin.
 */
export default async function ResetPasswordPage({
  searchParams,
}: PageProps<'/reset-password'>): Promise<ReactNode> {
  const texts = await readTexts()
  const { isProduction } = getEnvironment()
  const { t, over } = await searchParams
  const kept = await cookies()
  const [token] = [t ?? []].flat()
  const proof = readProof(kept, isProduction)
  return (
    <PageShell>
      <meta name="referrer" content="strict-origin" />
      {token ? (
        <Link texts={texts} token={token} asksCode={readBrowserSecret(kept, isProduction) === undefined} />
      ) : over === undefined && proof !== undefined ? (
        <NewPassword texts={texts} proof={proof} />
      ) : (
        <OverFlyer
          over={over}
          texts={texts.linkOver}
          href={forgotPasswordPath}
          answer={texts.mailCode.sendNew}
        />
      )}
    </PageShell>
  )
}

function Link({ texts, ...link }: { texts: Texts; token: string; asksCode: boolean }): ReactNode {
  const { title, here, elsewhere } = texts.resetPassword
  return (
    <Flyer title={title}>
      <p className="mb-6 leading-relaxed">{link.asksCode ? elsewhere : here}</p>
      <LinkForm action={openLink} path={resetPasswordPath} texts={pickCodeTexts(texts.mailCode)} {...link} />
      <OtherWay question={texts.mailCode.another} href={forgotPasswordPath} answer={texts.mailCode.sendNew} />
    </Flyer>
  )
}

async function NewPassword({ texts, proof }: { texts: Texts; proof: ResetProof }): Promise<ReactNode> {
  const policy = await readPolicy()
  const { resetPassword } = texts
  return (
    <Flyer title={resetPassword.title}>
      <ArrivalNotice notice={{ tone: 'info', text: resetPassword.proven }} />
      <PasswordForm
        texts={pickTexts(resetPassword, ['newPassword', 'everywhere', 'save', 'saving'])}
        email={'email' in proof ? proof.email : undefined}
        rules={await describePasswordRules(policy?.password.min_length)}
      />
    </Flyer>
  )
}
