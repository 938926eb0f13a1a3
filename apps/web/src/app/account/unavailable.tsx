import type { ReactNode } from 'react'
import { readTexts } from '../../texts/texts.ts'
import { Notice } from '../../ui/notice.tsx'
import type { AccountPage } from './pages.ts'
import { Sheet } from './sheet.tsx'

interface UnavailableProps {
  page: AccountPage
  title: string
  /** What to say instead of that the account is out of reach. */
  text?: string
}

/** Replaces a page of the account while the service does not answer. The session stays. */
export async function Unavailable({ page, title, text }: UnavailableProps): Promise<ReactNode> {
  const { unavailable, retry } = (await readTexts()).account
  return (
    <Sheet title={title}>
      <div className="grid gap-5">
        <Notice tone="error">{text ?? unavailable}</Notice>
        <a href={page.path} className="button-main">
          {retry}
        </a>
      </div>
    </Sheet>
  )
}
