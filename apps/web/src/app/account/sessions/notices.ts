import { readTexts } from '../../../texts/texts.ts'
import type { Notices } from '../../../ui/notices.ts'

/** The outcome of an action on the page of devices. */
export type SessionsNotice = 'ended' | 'others-ended' | 'mails-on' | 'mails-off' | 'read-only' | 'failed'

export const notices: Notices<SessionsNotice> = {
  ended: { tone: 'info', text: 'That device is logged out.' },
  'others-ended': { tone: 'info', text: 'You are logged out everywhere else.' },
  'mails-on': { tone: 'info', text: 'We mail you when a new device logs in.' },
  'mails-off': { tone: 'info', text: 'We mail you of new devices no more.' },
  'read-only': { tone: 'error', text: readTexts().failures.readOnly },
  failed: { tone: 'error', text: 'That did not work: we cannot reach our service. Please try again.' },
}
