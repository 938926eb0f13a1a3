import type { SessionEntry } from '@pockitflyer/auth-protocol/schemas'
import type { ReactNode } from 'react'
import { fillText, type Texts } from '../../../texts/texts.ts'
import { LocalTime } from '../../../time/local-time.tsx'
import { SubmitButton } from '../../../ui/submit-button.tsx'
import { DeviceIcon } from './device-icon.tsx'
import { DeviceTimes } from './device-times.tsx'
import { endSession } from './end-sessions.ts'

interface SessionItemProps {
  texts: Texts['devices']
  session: SessionEntry
}

/**
 * One device: its kind, place and time, and at the end of its row the button that logs it out. The
 * current device has none: the page's own button logs it out.
 */
export function SessionItem({ texts, session }: SessionItemProps): ReactNode {
  const { id, device, ip, reused_at, is_current } = session
  const name = nameDevice(texts, device)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4">
      <DeviceIcon type={device.type} />
      <div className="min-w-[min(100%,9.5rem)] flex-1">
        <p className="flex flex-wrap items-center gap-x-3">
          <span className="min-w-0 font-bold break-words">{name}</span>
          {is_current && (
            <span className="rounded-full bg-info-tint px-3 font-semibold text-brand">{texts.current}</span>
          )}
        </p>
        <div className="text-[0.9375rem] text-ink-soft">
          <DeviceTimes session={session} />
          {ip !== null && (
            <p className="break-words">
              {texts.address} <bdi>{ip}</bdi>
            </p>
          )}
        </div>
      </div>
      {!is_current && (
        <form action={endSession} className="ms-auto">
          <input type="hidden" name="id" value={id} />
          <SubmitButton look="small" pendingText={texts.loggingOut}>
            {texts.logOut}
            <span className="sr-only"> ({name})</span>
          </SubmitButton>
        </form>
      )}
      {reused_at !== null && (
        <p className="basis-full font-medium text-danger">
          {texts.copied} <LocalTime at={reused_at} />.{' '}
          <span>{is_current ? texts.leaveHere : texts.logItOut}</span>
        </p>
      )}
    </li>
  )
}

function nameDevice(
  { unknown, something, on }: Texts['devices'],
  { browser, os }: SessionEntry['device'],
): string {
  if (browser === null) return os === null ? unknown : fillText(something, { os })
  return os === null ? browser : fillText(on, { browser, os })
}
