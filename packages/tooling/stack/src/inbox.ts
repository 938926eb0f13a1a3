import { constants, setPriority } from 'node:os'
import { MailDev } from 'maildev'

/**
 * The mail server of development: takes every mail at `INBOX_SMTP_PORT` and shows it on a page at
 * `INBOX_PORT`. A process of its own, since maildev takes seconds and 200 MB to load; nothing waits
 * for it.
 */
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const ip = '127.0.0.1'
const inbox = new MailDev({
  smtp: Number(process.env['INBOX_SMTP_PORT']),
  web: Number(process.env['INBOX_PORT']),
  ip,
  webIp: ip,
  silent: true,
  maxEmails: 1000,
})
await inbox.start()
