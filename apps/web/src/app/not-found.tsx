import type { ReactNode } from 'react'
import { readTexts } from '../texts/texts.ts'
import { Flyer } from '../ui/flyer.tsx'
import { PageShell } from '../ui/page-shell.tsx'

export default async function NotFoundPage(): Promise<ReactNode> {
  const { title, heading, text, home } = (await readTexts()).notFound
  return (
    <PageShell>
      <Flyer title={heading} documentTitle={title}>
        <p className="mb-6 leading-relaxed">{text}</p>
        <a href="/" className="button-main">
          {home}
        </a>
      </Flyer>
    </PageShell>
  )
}
