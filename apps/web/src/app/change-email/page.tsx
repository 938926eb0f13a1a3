import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { pickCodeTexts } from '../../mailed-links/code-texts.ts'
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

/**
 * The page of the link that was mailed to a new email or, with `of=old`, to the old one, which is
 * asked whether it agrees. To show it asks the service nothing, as the
 * page of a reset; its referrer is set for the same reason.
 */
export default async function ChangeEmailPage({
  searchParams,
}: PageProps<'/change-email'>): Promise<ReactNode> {
  const { changeEmail, mailCode, undo } = await readTexts()
  const { t, over, of } = await searchParams
  const [token] = [t ?? []].flat()
  const asksCode = readBrowserSecret(await cookies(), getEnvironment().isProduction) === undefined
  if (token) {
    const isOld = of === 'old'
    const { title, here, confirm } = isOld ? changeEmail.consent : changeEmail
    return (
      <PageShell>
        <meta name="referrer" content="strict-origin" />
        <Flyer title={title}>
          <p className="mb-6 leading-relaxed">{asksCode ? changeEmail.elsewhere : here}</p>
          <LinkForm
            action={confirmChange}
            path={changeEmailPath}
            texts={{ ...pickCodeTexts(mailCode), ...(isOld && { hint: undo.codeHint }) }}
            button={confirm}
            token={token}
            asksCode={asksCode}
          />
          <OtherWay question={mailCode.another} href={accountEmailPath} answer={changeEmail.askAgain} />
        </Flyer>
      </PageShell>
    )
  }
  const { changed, used, taken, invalid, missing, toAccount, askAgain } = changeEmail
  const { waitsForOld, waitsForNew } = changeEmail
  const waiting = { 'waits-for-old': waitsForOld, 'waits-for-new': waitsForNew }
  const isDone = over === 'changed' || over === 'used' || (typeof over === 'string' && over in waiting)
  return (
    <PageShell>
      <OverFlyer
        over={over}
        texts={{ changed, ...waiting, used, taken, invalid, missing }}
        href={isDone ? accountPath : accountEmailPath}
        answer={isDone ? toAccount : askAgain}
      />
    </PageShell>
  )
}
