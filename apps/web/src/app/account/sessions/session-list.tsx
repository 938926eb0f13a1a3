import { type SessionEntry, sessionsPerPage } from '@pockitflyer/auth-protocol/schemas'
import type { ReactNode } from 'react'
import type { Texts } from '../../../texts/texts.ts'
import { SubmitButton } from '../../../ui/submit-button.tsx'
import { accountPages } from '../pages.ts'
import { endOtherSessions } from './end-sessions.ts'
import { SessionItem } from './session-item.tsx'

/** How many devices the page shows at first. */
const newest = 20

interface SessionListProps {
  texts: Texts['devices']
  /** A part of the user's sessions, at most `sessionsPerPage`, the one used last first. */
  sessions: SessionEntry[]
  /** Whether to show all of them, not the newest alone. */
  showsAll: boolean
}

/**
 * The user's devices, this one first: the newest twenty, with a link to all. All come in pages of a
 * hundred.
 */
export function SessionList({ texts, sessions, showsAll }: SessionListProps): ReactNode {
  const others = sessions.filter((session) => !session.is_current)
  const all = sessions.filter((session) => session.is_current).concat(others)
  const shown = showsAll ? all : all.slice(0, newest)
  const last = sessions.length < sessionsPerPage ? undefined : sessions.at(-1)
  return (
    <>
      {others.length === 0 ? (
        <p className="rounded-field border-2 border-dashed border-crease px-4 py-3 text-ink-soft">
          {texts.nowhereElse}
        </p>
      ) : (
        <form action={endOtherSessions}>
          <SubmitButton look="danger" pendingText={texts.loggingOutElsewhere}>
            {texts.logOutElsewhere}
          </SubmitButton>
        </form>
      )}
      <ul className="mt-4 divide-y-2 divide-crease">
        {shown.map((session) => (
          <SessionItem key={session.id} texts={texts} session={session} />
        ))}
      </ul>
      {shown.length < all.length ? (
        <MoreLink query="?all">{texts.showAll}</MoreLink>
      ) : (
        last !== undefined && <MoreLink query={`?all&before=${last.id}`}>{texts.older}</MoreLink>
      )}
    </>
  )
}

function MoreLink({ query, children }: { query: string; children: ReactNode }): ReactNode {
  return (
    <a
      href={accountPages.sessions.path + query}
      className="mt-2 inline-flex min-h-11 items-center font-semibold"
    >
      {children}
    </a>
  )
}
