import type { Notices } from '../../../ui/notices.ts'

/** The outcome of an action on the page of devices. */
export type SessionsNotice = 'ended' | 'others-ended' | 'failed'

export const notices: Notices<SessionsNotice> = {
  ended: { tone: 'info', text: 'That device is logged out.' },
  'others-ended': { tone: 'info', text: 'You are logged out everywhere else.' },
  failed: { tone: 'error', text: 'That did not work: we cannot reach our service. Please try again.' },
}
