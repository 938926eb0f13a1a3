import type { SessionEntry } from '@pockitflyer/auth-protocol/schemas'
import type { ReactNode } from 'react'
import { readTexts } from '../../../texts/texts.ts'
import { Age, LocalTime } from '../../../time/local-time.tsx'

/**
 * When a device was seen last and when it logged in: how long ago, and the exact times while the
 * pointer or the focus is on it. They stand over what follows, within the row, and move nothing.
 */
export function DeviceTimes({ session }: { session: SessionEntry }): ReactNode {
  const { lastSeen, loggedIn } = readTexts().devices
  const { id, created_at, last_used_at } = session
  return (
    <div className="group relative">
      <span
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- to show the exact times
        tabIndex={0}
        aria-describedby={`times-${id}`}
        className="inline-flex flex-wrap gap-x-3 rounded-field"
      >
        <span>
          {lastSeen} <Age at={last_used_at} />
        </span>
        <span>
          {loggedIn} <Age at={created_at} />
        </span>
      </span>
      <span
        id={`times-${id}`}
        role="tooltip"
        className="invisible absolute start-0 top-full z-10 grid w-max max-w-full rounded-field border-2 border-edge bg-field px-3 py-2 text-ink shadow-[0_4px_12px_var(--shadow)] group-focus-within:visible group-hover:visible"
      >
        <span>
          {lastSeen} <LocalTime at={last_used_at} />
        </span>
        <span>
          {loggedIn} <LocalTime at={created_at} />
        </span>
      </span>
    </div>
  )
}
