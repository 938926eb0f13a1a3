import { z } from 'zod'
import { fieldTexts } from '../errors/field-texts.ts'
import { text, trimmed, upTo } from './text.ts'

/**
 * The name of a user who has not chosen one.
 * @example const hasName = profile.display_name !== defaultDisplayName
 */
export const defaultDisplayName = 'Anonymous User'

/**
 * The name that others see, 1 to 100 characters.
 * @example displayName.parse(' Ada ') // 'Ada'
 */
export const displayName = upTo(100, trimmed.min(1, fieldTexts.blank))

/**
 * The text of a user about themselves, at most 2,000 characters.
 * @example bio.parse('') // ''
 */
export const bio = upTo(2000, text)

/**
 * The public part of a user.
 * @example profile.parse({ display_name: 'Ada', bio: '' })
 */
export const profile = z
  .object({
    display_name: z.string().meta({ description: 'What others call the user.' }),
    bio: z.string().meta({ description: 'What the user says about themselves. May be empty.' }),
  })
  .meta({ id: 'Profile' })

/**
 * A user as every answer shows it.
 * @example const { id, email, profile } = user.parse(answer)
 */
export const user = z
  .object({
    id: z.int().meta({ description: 'Never changes and is never given to another.', format: 'int64' }),
    email: z.string().meta({ description: 'As the user typed it.' }),
    email_verified: z.boolean().optional().meta({
      description: 'Whether the user proved to read the email. Absent under `EMAIL_VERIFICATION=off`.',
    }),
    profile,
  })
  .meta({ id: 'User' })

/**
 * The input of a change of the profile. An absent field keeps its value.
 * @example updateProfileInput.parse({ profile: { bio: 'Collects ferries.' } })
 */
export const updateProfileInput = z
  .object({
    profile: z
      .object(
        {
          display_name: displayName.optional().meta({ description: 'What others call the user.' }),
          bio: bio.optional().meta({
            description: 'What the user says about themselves, kept as typed. May be empty.',
          }),
        },
        {
          error: ({ input }) => (input === null ? fieldTexts.null : fieldTexts.notObject),
        },
      )
      .optional(),
  })
  .meta({ id: 'UpdateProfileInput' })

export type Profile = z.infer<typeof profile>
export type User = z.infer<typeof user>
export type UpdateProfileInput = z.infer<typeof updateProfileInput>
