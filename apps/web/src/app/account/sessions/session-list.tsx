import type { SessionEntry } from '@pockitflyer/auth/schema'
import type { ReactNode } from 'react'
import { SubmitButton } from '../../../ui/submit-button.tsx'
import { endOtherSessions } from './end-sessions.ts'
import { SessionItem } from './session-item.tsx'

/** Where the user is logged in, this device first. */
export function SessionList({ sessions }: { sessions: SessionEntry[] }): ReactNode {
  const others = sessions.filter((session) => !session.is_current)
  return (
    <>
      <ul className="divide-y-2 divide-crease">
        {sessions
          .filter((session) => session.is_current)
          .concat(others)
          .map((session) => (
            <SessionItem key={session.id} session={session} />
          ))}
      </ul>
      {others.length === 0 ? (
        <p className="mt-4 rounded-field border-2 border-dashed border-crease px-4 py-3 text-ink-soft">
          You are logged in nowhere else.
        </p>
      ) : (
        <form action={endOtherSessions} className="mt-6">
          <SubmitButton look="quiet" pendingText="Logging out everywhere else…">
            Log out everywhere else
          </SubmitButton>
        </form>
      )}
    </>
  )
}
