import type { ReactNode } from 'react'
import { readForPage } from '../../../session/read-for-page.ts'
import { readTexts } from '../../../texts/texts.ts'
import { ArrivalNotice } from '../../../ui/arrival-notice.tsx'
import { findNotice } from '../../../ui/notices.ts'
import { accountPages } from '../pages.ts'
import { Sheet } from '../sheet.tsx'
import { Unavailable } from '../unavailable.tsx'
import { NewDeviceMails } from './new-device-mails.tsx'
import { listNotices } from './notices.ts'
import { SessionList } from './session-list.tsx'

const page = accountPages.sessions

export default async function SessionsPage({
  searchParams,
}: PageProps<'/account/sessions'>): Promise<ReactNode> {
  const texts = await readTexts()
  const { title } = texts.devices
  const { notice, before, all } = await searchParams
  const part = typeof before === 'string' ? { before } : undefined
  const known = await readForPage(page.path, ({ auth }) =>
    Promise.all([auth.listSessions.query(part), auth.notices.query().catch(() => undefined)]),
  )
  if (known === undefined) return <Unavailable page={page} title={title} />
  const [sessions, mails] = known
  return (
    <Sheet title={title}>
      <ArrivalNotice notice={findNotice(listNotices(texts), notice)} />
      <SessionList texts={texts.devices} sessions={sessions} showsAll={all !== undefined} />
      {mails !== undefined && <NewDeviceMails isOn={mails.new_device} />}
    </Sheet>
  )
}
