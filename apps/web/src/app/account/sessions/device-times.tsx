import type { SessionEntry } from '@pockitflyer/auth-protocol/schemas'
import type { ReactNode } from 'react'
import { readTexts } from '../../../texts/texts.ts'
import { Age } from '../../../time/local-time.tsx'

/** When a device was seen last and when it logged in; hover and focus show the exact times. */
export async function DeviceTimes({ session }: { session: SessionEntry }): Promise<ReactNode> {
  const { lastSeen, loggedIn } = (await readTexts()).devices
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- to show the exact times
      tabIndex={0}
      className="group flex flex-wrap gap-x-3 rounded-field"
    >
      <span>
        {lastSeen} <Age at={session.last_used_at} />
      </span>
      <span>
        {loggedIn} <Age at={session.created_at} />
      </span>
    </div>
  )
}
