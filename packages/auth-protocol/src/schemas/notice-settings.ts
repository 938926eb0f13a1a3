import { z } from 'zod'
import { fieldTexts } from '../errors/field-texts.ts'

/** True or false; in a form as text. The texts are those of Django REST framework. */
const flag = z.preprocess(
  (value: boolean) => (['true', 'false'].includes(String(value)) ? String(value) === 'true' : value),
  z.boolean({
    error: ({ input }) => (input === undefined ? fieldTexts.required : fieldTexts.notBoolean),
  }),
)

const meta = { description: 'Whether a mail tells of a login from a new device.' }

/**
 * Which mails a user gets unasked. All others cannot be turned off.
 * @example const { new_device } = noticeSettings.parse(answer)
 */
export const noticeSettings = z.object({ new_device: z.boolean().meta(meta) }).meta({ id: 'NoticeSettings' })

/**
 * What a change of that takes.
 * @example noticeSettingsInput.parse({ new_device: false })
 */
export const noticeSettingsInput = z
  .object({ new_device: flag.meta(meta) })
  .meta({ id: 'NoticeSettingsInput' })

export type NoticeSettings = z.infer<typeof noticeSettings>
