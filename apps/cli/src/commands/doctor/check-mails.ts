import type { WaitingMails } from '@pockitflyer/auth/admin'
import { found, type Finding, ok } from './finding.ts'
import type { ServiceSettings } from './read-service-settings.ts'

/** How long a mail waits at most where a worker runs, in seconds. */
const waitMaxSeconds = 300

/** Returns the finding for a service with or without a mail server, and what it uses mail for. */
export function judgeMailServer({ mails }: Pick<ServiceSettings, 'mails'>): Finding[] {
  if (mails.isOn) return [...judgeVerification(mails.verification), ...judgeChange(mails)]
  return [
    found('remark', 'SMTP_URL', [
      'is missing: nobody can reset a forgotten password',
      'SMTP_URL=smtp://user:password@host:587, for the API and the worker',
    ]),
  ]
}

function judgeVerification(verification: ServiceSettings['mails']['verification']): Finding[] {
  if (verification === 'required') return []
  const text = {
    off: 'is off: anybody may register the email of another person',
    optional: 'is optional: anybody may hold the email of another person, unverified',
  }[verification]
  return [found('remark', 'EMAIL_VERIFICATION', [text, 'EMAIL_VERIFICATION=required'])]
}

/** An email that no mail proved has no say in a change, and without verification most are such. */
function judgeChange({ change, verification }: ServiceSettings['mails']): Finding[] {
  if (change === 'notify' || verification !== 'off') return []
  const text = 'is both, but without verification most old emails need not agree'
  return [found('remark', 'EMAIL_CHANGE', [text, 'EMAIL_VERIFICATION=required'])]
}

/** Returns the finding for mails that wait. */
export function judgeWaitingMails({ count, oldestSeconds }: WaitingMails): Finding {
  if (oldestSeconds < waitMaxSeconds) return ok('mails', `go out: ${count} of them wait`)
  const minutes = Math.floor(oldestSeconds / 60)
  return found('warning', 'mails', [
    `${count} wait, the oldest for ${minutes} minutes: no worker sends them, or the mail server refuses`,
    'pnpm start:worker, and see: pnpm auth mails list --state waiting',
  ])
}
