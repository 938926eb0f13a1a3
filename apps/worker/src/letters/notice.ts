import { type MailContent, type Notice, notices } from '@pockitflyer/auth/mails'
import { describeCause, greet, offerUndo } from './english.ts'
import {
  type Block,
  type Cause,
  type Letter,
  type LetterOptions,
  namedParams,
  readCause,
  readSecrets,
  type Secrets,
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
  /** The page that undoes what happened; `undefined`: there is no undo. */
  undo: Secrets | undefined
  /** The client that did what the mail tells of. */
  cause: Cause
}

const words: Words<Values> = {
  en: ({ notice, brand, name, forgotPasswordUrl, undo, cause }) => ({
    subject: inEnglish[notice].subject(brand),
    blocks: [
      greet(name),
      { text: inEnglish[notice].text(brand) },
      describeCause(cause),
      ...(undo === undefined ? adviseWithoutUndo(notice, { brand, forgotPasswordUrl }) : offerUndo(undo)),
    ],
  }),
}

/** To a mailbox that is no longer that of the account, no mail about the password would come. */
const toFormerEmail: readonly Notice[] = ['email_set_by_operator', 'email_change_undone']

function adviseWithoutUndo(
  notice: Notice,
  { brand, forgotPasswordUrl }: Pick<Values, 'brand' | 'forgotPasswordUrl'>,
): Block[] {
  if (!toFormerEmail.includes(notice)) return offerPassword(forgotPasswordUrl)
  return [{ text: `If you know of this, do nothing. If not, write to the people who run ${brand}.` }]
}

const offerPassword = (link: string): Block[] => [
  { text: 'If you know of this, do nothing. If not, choose another password now: it logs out every device.' },
  { link, label: 'Choose another password' },
]

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
  email_change_requested: {
    subject: (brand) => `Your ${brand} account is about to get another email`,
    text: (brand) =>
      `Somebody with your password asked for another email of your ${brand} account. It changes as soon as that email is confirmed.`,
  },
  email_changed: {
    subject: (brand) => `Your ${brand} account has another email`,
    text: (brand) =>
      `Your ${brand} account no longer has this email. Mails about the account go to another one from now on.`,
  },
  email_is_new: {
    subject: (brand) => `This is the email of your ${brand} account`,
    text: (brand) => `Your ${brand} account has this email from now on. Log in with it.`,
  },
  email_change_undone: {
    subject: (brand) => `A change of your ${brand} account was undone`,
    text: (brand) =>
      `The ${brand} account that had this email has the one before again. It was undone with a mail to that one, and every device is logged out.`,
  },
  email_set_by_operator: {
    subject: (brand) => `${brand} gave your account another email`,
    text: (brand) =>
      `An operator of ${brand} gave the account that had this email another one. Every device is logged out, and mails about the account go to the other email.`,
  },
  new_device: {
    subject: (brand) => `A new device logged in to your ${brand} account`,
    text: (brand) =>
      `Your ${brand} account was logged in to with its password, from a device or a network that it was not used on before.`,
  },
  new_device_mails_off: {
    subject: (brand) => `${brand} tells you of no new devices any more`,
    text: (brand) =>
      `Mails of new devices were turned off for your ${brand} account. They can be turned on again on the page of its devices.`,
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
    undo: mail.secrets && readSecrets(mail, `${publicUrl}/undo`),
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
