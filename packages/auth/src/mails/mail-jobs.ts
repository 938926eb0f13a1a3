import { emailChangeMails } from './write-email-change.ts'
import { emailVerificationMail } from './write-email-verification.ts'
import { newDeviceMail } from './write-new-device.ts'
import { noticeMail } from './write-notice.ts'
import { passwordResetMail } from './write-password-reset.ts'
import { recoveryMail } from './write-recovery.ts'

/** The one list of the jobs that write mails. The worker runs each. */
export const mailJobs = [
  passwordResetMail,
  emailVerificationMail,
  noticeMail,
  emailChangeMails,
  recoveryMail,
  newDeviceMail,
]
