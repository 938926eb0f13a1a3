import { type MailContent, type Notice, notices } from '@pockitflyer/auth/mails'
import { describeCause, greet } from './english.ts'
import {
  type Cause,
  type Letter,
  type LetterOptions,
  namedParams,
  readCause,
  type WriteLetter,
  type Words,
} from './letter.ts'
import { quoteName } from './quote-text.ts'

interface Values {
  notice: Notice
  brand: string
  name: string | undefined
  /** The page that asks for a mail to choose another password. */
  forgotPasswordUrl: string
  /** The client that did what the mail tells of. */
  cause: Cause
}

const words: Words<Values> = {
  en: ({ notice, brand, name, forgotPasswordUrl, cause }) => ({
    subject: inEnglish[notice].subject(brand),
    blocks: [
      greet(name),
      { text: inEnglish[notice].text(brand) },
      describeCause(cause),
      {
        text: 'If you know of this, do nothing. If not, choose another password now: it logs out every device.',
      },
      { link: forgotPasswordUrl, label: 'Choose another password' },
    ],
  }),
}

type Sentences = Record<'subject' | 'text', (brand: string) => string>

const inEnglish: Record<Notice, Sentences> = {
  password_changed: {
    subject: (brand) => `Your ${brand} password has changed`,
    text: (brand) => `The password of your ${brand} account was changed. Every other device is logged out.`,
  },
  password_was_reset: {
    subject: (brand) => `Your ${brand} password was reset`,
    text: (brand) =>
      `The password of your ${brand} account was reset with a mail to this email. Every device is logged out.`,
  },
  password_set_by_operator: {
    subject: (brand) => `${brand} has set your password`,
    text: (brand) =>
      `An operator of ${brand} set another password for your account. Every device is logged out.`,
  },
  sessions_revoked_by_operator: {
    subject: (brand) => `${brand} has logged you out`,
    text: (brand) => `An operator of ${brand} logged out devices of your account.`,
  },
  session_reused: {
    subject: (brand) => `Another device used a login of your ${brand} account`,
    text: (brand) =>
      `A device presented a token of your ${brand} account that was already replaced. Another person may have copied it.`,
  },
}

function writeNotice(
  notice: Notice,
  mail: MailContent,
  { language, brand, publicUrl }: LetterOptions,
): Letter {
  const params = namedParams.parse(mail.params)
  return words[language]({
    notice,
    brand,
    name: quoteName(params.displayName),
    forgotPasswordUrl: `${publicUrl}/forgot-password`,
    cause: readCause(mail, params),
  })
}

/** The mails that tell users of changes to their accounts, by template. */
export const noticeLetters = Object.fromEntries(
  notices.map((notice): [Notice, WriteLetter] => [
    notice,
    (mail, options) => writeNotice(notice, mail, options),
  ]),
)
