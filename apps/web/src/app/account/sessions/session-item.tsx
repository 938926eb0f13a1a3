import type { SessionEntry } from '@pockitflyer/auth-protocol/schemas'
import type { ReactNode } from 'react'
import { LocalTime } from '../../../time/local-time.tsx'
import { Fact } from '../../../ui/fact.tsx'
import { SubmitButton } from '../../../ui/submit-button.tsx'
import { DeviceIcon } from './device-icon.tsx'
import { endSession } from './end-sessions.ts'

/**
 * One device: its kind, place and time, and the button that revokes its session. The current device
 * has none: it logs out instead.
 */
export function SessionItem({ session }: { session: SessionEntry }): ReactNode {
  const { id, device, ip, created_at, last_used_at, reused_at, is_current } = session
  const name = nameDevice(device)
  return (
    <li className="flex gap-4 py-5 first:pt-0">
      <DeviceIcon type={device.type} />
      <div className="min-w-0 flex-1">
        <p className="font-bold break-words">{name}</p>
        {is_current && <p className="font-semibold text-brand">This device</p>}
        <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-[0.9375rem] text-ink-soft">
          <Fact name="Logged in">
            <LocalTime at={created_at} />
          </Fact>
          <Fact name="Last seen">
            <LocalTime at={last_used_at} />
          </Fact>
          {ip !== null && <Fact name="Address">{ip}</Fact>}
        </dl>
        {reused_at !== null && (
          <p className="mt-2 font-medium text-danger">
            Somebody may have copied this session: a key of it that was used up came back on{' '}
            <LocalTime at={reused_at} />. If in doubt, {is_current ? 'log out' : 'end it'} and change your
            password.
          </p>
        )}
        {!is_current && (
          <form action={endSession} className="mt-3">
            <input type="hidden" name="id" value={id} />
            <SubmitButton look="small" pendingText="Ending…">
              End session<span className="sr-only"> ({name})</span>
            </SubmitButton>
          </form>
        )}
      </div>
    </li>
  )
}

function nameDevice({ browser, os }: SessionEntry['device']): string {
  if (browser === null) return os === null ? 'Unknown device' : `Something on ${os}`
  return os === null ? browser : `${browser} on ${os}`
}
