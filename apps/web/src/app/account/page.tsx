import type { AuthClient } from '@pockitflyer/auth-client'
import type { ReactNode } from 'react'
import { me } from '../../session/authenticated-query.ts'
import { readForPage } from '../../session/read-for-page.ts'
import { fillText, readTexts, type Texts } from '../../texts/texts.ts'
import { ArrivalNotice } from '../../ui/arrival-notice.tsx'
import { findNotice, type NoticeText, type Notices } from '../../ui/notices.ts'
import { chosenName } from './chosen-name.ts'
import { accountPages } from './pages.ts'
import { ProfileCard } from './profile-card.tsx'
import { ProfileForm } from './profile-form.tsx'
import { Sheet } from './sheet.tsx'
import { Unavailable } from './unavailable.tsx'

const page = accountPages.profile

const listNotices = ({ account, otherUser, accountEmail }: Texts): Notices => ({
  welcome: { tone: 'info', text: account.welcome },
  'profile-saved': { tone: 'info', text: account.profileSaved },
  'password-changed': { tone: 'info', text: account.passwordChanged },
  'other-user': { tone: 'error', text: otherUser.changed },
  'email-kept': { tone: 'info', text: accountEmail.kept },
})

export default async function AccountPage({ searchParams }: PageProps<'/account'>): Promise<ReactNode> {
  const texts = await readTexts()
  const { title } = texts.account
  const known = await readForPage(page.path, (service) => Promise.all([me(service), readSendsMail(service)]))
  if (known === undefined) return <Unavailable page={page} title={title} />
  const [user, sendsMail] = known
  const { notice, edit } = await searchParams
  return (
    <Sheet title={title}>
      <ArrivalNotice notice={nameUser(findNotice(listNotices(texts), notice), user.email)} />
      {edit === undefined ? (
        <ProfileCard user={user} sendsMail={sendsMail} />
      ) : (
        <ProfileForm
          texts={texts.profileForm}
          profile={{ ...user.profile, display_name: chosenName(user.profile) }}
        />
      )}
    </Sheet>
  )
}

/** Says in a notice who is logged in. */
function nameUser(notice: NoticeText | undefined, email: string): NoticeText | undefined {
  return notice && { ...notice, text: fillText(notice.text, { email }) }
}

/** Whether the service sends mail. The account shows without the answer too. */
async function readSendsMail({ auth }: AuthClient): Promise<boolean> {
  const policy = await auth.policy.query().catch(() => undefined)
  return policy?.password_reset ?? true
}
