import { z } from 'zod'
import { fieldTexts } from '../errors/field-texts.ts'
import { fillText } from '../errors/fill-text.ts'
import { device, time } from './device.ts'
import { string } from './text.ts'

/**
 * A live session as its user sees it. Times are ISO 8601 in UTC.
 * @example const { device, last_used_at } = sessionEntry.parse(entry)
 */
export const sessionEntry = z
  .object({
    id: z.uuid().meta({ description: 'Names the session: the claim `sid` of its tokens.' }),
    device: device.meta({
      description: 'What the user agent of the last request says; null what it does not say.',
    }),
    ip: z.string().nullable().meta({ description: 'Where the last request came from.' }),
    created_at: time.meta({ description: 'When the user logged in; UTC.' }),
    last_used_at: time.meta({ description: 'When its tokens were last renewed; UTC.' }),
    reused_at: time.nullable().meta({
      description:
        'When a refresh token that had long been replaced was presented last; null: never. Somebody may have a copy of it: end the session.',
    }),
    is_current: z.boolean().meta({ description: 'Whether it is the session of the access token that asks.' }),
  })
  .meta({ id: 'SessionEntry' })

/** Most sessions that one list holds. */
export const sessionsPerPage = 100

const wholeNumber = z.int({ error: fieldTexts.notInteger })

/**
 * The part of the list of sessions to answer. Default: the newest hundred.
 * @example listSessionsInput.parse({ limit: 20, before: last.id })
 */
export const listSessionsInput = z
  .object({
    limit: wholeNumber
      .min(1, fillText(fieldTexts.tooSmall, { count: 1 }))
      .max(sessionsPerPage, fillText(fieldTexts.tooLarge, { count: sessionsPerPage }))
      .optional()
      .meta({ description: `How many sessions to list, ${sessionsPerPage} at most and by default.` }),
    before: z
      .uuid({ error: fieldTexts.notUuid })
      .optional()
      .meta({ description: 'The `id` of the last session of a list: the answer holds those that follow.' }),
  })
  .meta({ id: 'ListSessionsInput' })

/**
 * A list of live sessions, the one used last first.
 * @example const [newest] = sessionList.parse(answer)
 */
export const sessionList = z
  .array(sessionEntry)
  .meta({ id: 'SessionList', description: 'The session used last comes first.' })

/**
 * The input that names one session to revoke. Text that is no id matches no session.
 * @example endSessionInput.parse({ id: entry.id })
 */
export const endSessionInput = z
  .object({ id: string.meta({ description: 'The `id` from the list of sessions.' }) })
  .meta({ id: 'EndSessionInput' })

export type ListSessionsInput = z.infer<typeof listSessionsInput>
export type SessionEntry = z.infer<typeof sessionEntry>
