import { type SessionEntry, sessionsPerPage } from '@pockitflyer/auth-protocol/schemas'
import type { ReactNode } from 'react'
import { SubmitButton } from '../../../ui/submit-button.tsx'
import { accountPages } from '../pages.ts'
import { endOtherSessions } from './end-sessions.ts'
import { SessionItem } from './session-item.tsx'

/** The user's sessions, this device first. A full list has a link to the older ones. */
export function SessionList({ sessions }: { sessions: SessionEntry[] }): ReactNode {
  const others = sessions.filter((session) => !session.is_current)
  const last = sessions.length < sessionsPerPage ? undefined : sessions.at(-1)
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
      {last !== undefined && (
        <a
          href={`${accountPages.sessions.path}?before=${last.id}`}
          className="inline-flex min-h-11 items-center font-semibold"
        >
          Older devices
        </a>
      )}
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
