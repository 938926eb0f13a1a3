import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { getEnvironment } from '../../environment.ts'
import { readForPage } from '../../session/read-for-page.ts'
import { ArrivalNotice } from '../../ui/arrival-notice.tsx'
import { findNotice, type Notices } from '../../ui/notices.ts'
import { accountPages } from '../account/pages.ts'
import { Sheet } from '../account/sheet.tsx'
import { Unavailable } from '../account/unavailable.tsx'
import { FlyerForm } from './flyer-form.tsx'
import { FlyerList } from './flyer-list.tsx'
import { readMine } from './read-mine.ts'

const title = 'My flyers'
const page = accountPages.flyers

export const metadata: Metadata = { title }

const notices: Notices = { posted: { tone: 'info', text: 'Your flyer is posted.' } }

export default async function FlyersPage({ searchParams }: PageProps<'/flyers'>): Promise<ReactNode> {
  if (getEnvironment().flyersUrl === undefined) notFound()
  const mine = await readForPage(page.path, readMine)
  if (mine === undefined) return <Unavailable page={page} title={title} what="your flyers" />
  const { notice, post } = await searchParams
  return (
    <Sheet title={post === undefined ? title : 'Post a flyer'}>
      <ArrivalNotice notice={findNotice(notices, notice)} />
      {post === undefined ? <FlyerList {...mine} /> : <FlyerForm id={randomUUID()} />}
    </Sheet>
  )
}
