import type { Notice } from '@pockitflyer/auth/mails'

/** The words of a letter that offers a link. */
interface LinkTexts {
  text: string
  label: string
  end: string
}

/** The texts of all letters in one language. `{name}` stands for a value. */
export interface LetterTexts {
  hello: string
  helloName: string
  codeSubject: string
  cause: { when: string; device: string; deviceOn: string; address: string; unknown: string }
  code: { ask: string; works: string }
  undo: { ask: string; label: string; code: string; works: string }
  passwordReset: LinkTexts
  verifyEmail: LinkTexts
  accountRecovered: LinkTexts & { subject: string }
  alreadyRegistered: LinkTexts & { subject: string }
  emailChange: LinkTexts
  emailChangeTaken: { subject: string; text: string; end: string }
  emailChangeConsent: {
    subject: string
    text: string
    agree: string
    label: string
    cancel: string
    cancelLabel: string
    works: string
  }
  emailKept: { subject: string; text: string; end: string }
  noAccount: { subject: string; text: string; end: string }
  notices: Record<Notice, { subject: string; text: string }>
  notice: { choose: string; label: string; write: string }
  test: { subject: string; text: string }
}
