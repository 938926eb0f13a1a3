import type { MailContent } from '../../src/mails/index.ts'
import { password, type Service } from './harness.ts'
import { readMails } from './mailbox.ts'

export const newPassword = 'seven ferries at noon'

/** What an owner chooses after an undo. */
export const recoveredPassword = 'the owner is back'

/** What a test does with the change of an email and its undo. */
export function createChanger(service: Service) {
  const ask = (access: string, new_email: string, more: object = {}) =>
    service.post('email/change/', { new_email, current_password: password, ...more }, { token: access })
  const confirm = (body: object) => service.post('email/change/confirm/', body)
  const undo = (secrets: object) => service.post('undo/', secrets)

  /** Asks for another email and reads the mails: to the new one, and to the old one. */
  async function askAndRead(person: { access: string }, newEmail: string, more: object = {}) {
    await ask(person.access, newEmail, more)
    const mails = await readMails(service)
    return {
      mails,
      toNew: findSecrets(mails, 'email_change'),
      toOld: findSecrets(mails, 'email_change_requested'),
    }
  }

  /** Changes the email of a person. Returns the link and the code of the undo. */
  async function move(person: { access: string }, newEmail: string, more: object = {}) {
    const { toNew } = await askAndRead(person, newEmail, more)
    const { status } = await confirm({ token: toNew.token })
    if (status !== 200) throw new Error(`the change was refused with ${status}`)
    const mails = await readMails(service)
    return { mails, undo: findSecrets(mails, 'email_changed') }
  }

  /** Chooses a password with the mail that an undo leads to, and logs in with it. */
  async function recover(email: string): Promise<string> {
    const mails = await readMails(service)
    const mail = mails.find(({ template }) => template === 'account_recovered')
    if (mail?.toEmail !== email) throw new Error(`the mail went to ${mail?.toEmail}`)
    const { token } = findSecrets(mails, 'account_recovered')
    await service.post('password/reset/confirm/', { token, new_password: recoveredPassword })
    const { status, body } = await service.login(email, recoveredPassword)
    if (status !== 200) throw new Error(`the owner cannot log in: ${status}`)
    await readMails(service)
    return body.access
  }

  return { ask, confirm, undo, askAndRead, move, recover }
}

/** What opens a mail's link: its token, and its code. */
export function findSecrets(mails: MailContent[], template: string): { token: string; code: string } {
  const found = mails.find((mail) => mail.template === template)?.secrets
  if (found === undefined) {
    const templates = mails.map((mail) => mail.template).join(', ')
    throw new Error(`no link in a mail ${template}; there are: ${templates}`)
  }
  return { token: found.link, code: found.code }
}

/** An email without an account. */
export const freshEmail = () => `new-${crypto.randomUUID()}@example.com`
