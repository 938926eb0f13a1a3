import type { Texts } from '../../../texts/texts.ts'
import type { Notices } from '../../../ui/notices.ts'

/** The outcome of an action on the page of devices. */
export type SessionsNotice = 'ended' | 'others-ended' | 'mails-on' | 'mails-off' | 'read-only' | 'failed'

/** Returns the sentence for each outcome. */
export function listNotices({ devicesNotices: texts, failures }: Texts): Notices<SessionsNotice> {
  return {
    ended: { tone: 'info', text: texts.ended },
    'others-ended': { tone: 'info', text: texts.othersEnded },
    'mails-on': { tone: 'info', text: texts.mailsOn },
    'mails-off': { tone: 'info', text: texts.mailsOff },
    'read-only': { tone: 'error', text: failures.readOnly },
    failed: { tone: 'error', text: texts.failed },
  }
}
