import { randomUUID } from 'node:crypto'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { readForPage } from '../../session/read-for-page.ts'
import { readTexts } from '../../texts/texts.ts'
import { ArrivalNotice } from '../../ui/arrival-notice.tsx'
import { findNotice, type Notices } from '../../ui/notices.ts'
import { accountPages } from '../account/pages.ts'
import { Sheet } from '../account/sheet.tsx'
import { Unavailable } from '../account/unavailable.tsx'
import { FlyerForm } from './flyer-form.tsx'
import { FlyerList } from './flyer-list.tsx'
import { readMine } from './read-mine.ts'

const page = accountPages.flyers

export default async function FlyersPage({ searchParams }: PageProps<'/flyers'>): Promise<ReactNode> {
  if (getEnvironment().flyersUrl === undefined) notFound()
  const { account, flyers: texts, flyerForm } = await readTexts()
  const { title } = texts
  const mine = await readForPage(page.path, readMine)
  if (mine === undefined) return <Unavailable page={page} title={title} text={account.flyersUnavailable} />
  const { notice, post } = await searchParams
  const notices: Notices = { posted: { tone: 'info', text: texts.posted } }
  return (
    <Sheet title={post === undefined ? title : texts.post}>
      <ArrivalNotice notice={findNotice(notices, notice)} />
      {post === undefined ? (
        <FlyerList texts={texts} {...mine} />
      ) : (
        <FlyerForm texts={flyerForm} id={randomUUID()} />
      )}
    </Sheet>
  )
}
