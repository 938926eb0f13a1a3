import { type Notice, notices } from '@pockitflyer/auth/mails'
import { type Block, namedParams, readCause, readSecrets } from './letter.ts'
import type { LetterWriter, WriteLetter } from './letter-writer.ts'
import { quoteName } from './quote-text.ts'

/** To a mailbox that is no longer that of the account, no mail about the password would come. */
const toFormerEmail: readonly Notice[] = ['email_set_by_operator', 'email_change_undone']

/** Returns the letter that tells of a change, with its undo where there is one. */
function noticeLetter(notice: Notice): WriteLetter {
  return (mail, { writer, publicUrl }) => {
    const { subject, text } = writer.texts.notices[notice]
    const params = namedParams.parse(mail.params)
    return {
      subject: writer.fill(subject),
      blocks: [
        writer.greet(quoteName(params.displayName)),
        { text: writer.fill(text) },
        writer.describeCause(readCause(mail, params)),
        ...(mail.secrets === undefined
          ? advise(writer, { isToFormer: toFormerEmail.includes(notice), publicUrl })
          : writer.offerUndo(readSecrets(mail, `${publicUrl}/undo`))),
      ],
    }
  }
}

function advise(
  { texts: { notice }, fill }: LetterWriter,
  { isToFormer, publicUrl }: { isToFormer: boolean; publicUrl: string },
): Block[] {
  if (isToFormer) return [{ text: fill(notice.write) }]
  return [{ text: notice.choose }, { link: `${publicUrl}/forgot-password`, label: notice.label }]
}

/** The mails that tell users of changes to their accounts, by template. */
export const noticeLetters = Object.fromEntries(
  notices.map((notice): [Notice, WriteLetter] => [notice, noticeLetter(notice)]),
)
