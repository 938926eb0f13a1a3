import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { readBrowserSecret } from '../../mailed-links/cookies.ts'
import { LinkForm } from '../../mailed-links/link-form.tsx'
import { OverFlyer } from '../../mailed-links/over-flyer.tsx'
import { accountEmailPath, changeEmailPath } from '../../mailed-links/paths.ts'
import { accountPath } from '../../session/paths.ts'
import { readTexts } from '../../texts/texts.ts'
import { Flyer } from '../../ui/flyer.tsx'
import { OtherWay } from '../../ui/other-way.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { confirmChange } from './confirm-change.ts'

export function generateMetadata(): Metadata {
  return { title: readTexts().changeEmail.title }
}

/**
 * The page of the link that was mailed to a new email. To show it asks the service nothing, as the
 * page of a reset; its referrer is set for the same reason.
 */
export default async function ChangeEmailPage({
  searchParams,
}: PageProps<'/change-email'>): Promise<ReactNode> {
  const { changeEmail, mailCode } = readTexts()
  const { t, over } = await searchParams
  const [token] = [t ?? []].flat()
  const asksCode = readBrowserSecret(await cookies(), getEnvironment().isProduction) === undefined
  if (token) {
    return (
      <PageShell>
        <meta name="referrer" content="strict-origin" />
        <Flyer title={changeEmail.title}>
          <p className="mb-6 leading-relaxed">{asksCode ? changeEmail.elsewhere : changeEmail.here}</p>
          <LinkForm
            action={confirmChange}
            path={changeEmailPath}
            texts={mailCode}
            button={changeEmail.confirm}
            token={token}
            asksCode={asksCode}
          />
          <OtherWay question={mailCode.another} href={accountEmailPath} answer={changeEmail.askAgain} />
        </Flyer>
      </PageShell>
    )
  }
  const { changed, used, taken, invalid, missing, toAccount, askAgain } = changeEmail
  const isDone = over === 'changed' || over === 'used'
  return (
    <PageShell>
      <OverFlyer
        over={over}
        texts={{ changed, used, taken, invalid, missing }}
        href={isDone ? accountPath : accountEmailPath}
        answer={isDone ? toAccount : askAgain}
      />
    </PageShell>
  )
}
