import type { ReactNode } from 'react'
import { pickCodeTexts } from '../../mailed-links/code-texts.ts'
import { LinkForm } from '../../mailed-links/link-form.tsx'
import { OverFlyer } from '../../mailed-links/over-flyer.tsx'
import { forgotPasswordPath, undoPath } from '../../mailed-links/paths.ts'
import { readTexts } from '../../texts/texts.ts'
import { Flyer } from '../../ui/flyer.tsx'
import { OtherWay } from '../../ui/other-way.tsx'
import { PageShell } from '../../ui/page-shell.tsx'
import { undoChange } from './undo-change.ts'

/**
 * The page of the link in a notice. To show it asks the service nothing, as the page of a reset;
 * its referrer is set for the same reason. A button alone undoes nothing.
 */
export default async function UndoPage({ searchParams }: PageProps<'/undo'>): Promise<ReactNode> {
  const { undo, mailCode } = await readTexts()
  const { t, over } = await searchParams
  const [token] = [t ?? []].flat()
  if (token) {
    return (
      <PageShell>
        <meta name="referrer" content="strict-origin" />
        <Flyer title={undo.title}>
          <p className="mb-4 leading-relaxed">{undo.what}</p>
          <p className="mb-6 leading-relaxed">{undo.outcome}</p>
          <LinkForm
            action={undoChange}
            path={undoPath}
            texts={{ ...pickCodeTexts(mailCode), hint: undo.codeHint }}
            button={undo.button}
            token={token}
            asksCode
          />
          <OtherWay question={undo.other} href={forgotPasswordPath} answer={undo.resetInstead} />
        </Flyer>
      </PageShell>
    )
  }
  const { undone, used, missing, resetInstead } = undo
  return (
    <PageShell>
      <OverFlyer
        over={over}
        texts={{ undone, used, missing }}
        href={forgotPasswordPath}
        answer={resetInstead}
      />
    </PageShell>
  )
}
