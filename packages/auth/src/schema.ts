import { z } from 'zod'
import { trimInvisible } from './emails/fold-email.ts'
import { isEmail } from './emails/is-email.ts'

/**
 * Inputs and outputs of every procedure, shared by forms, tRPC, REST and the API's documentation.
 * Browser-safe. The texts are those of Django REST framework's CharField, so that every door says
 * the same thing.
 */

/**
 * Longest password in bytes of UTF-8. A longer one is refused before hashing: OWASP Password
 * Storage, "Maximum Password Lengths".
 */
export const passwordMaxBytes = 1024

/** Longest token in bytes. A longer one is refused before it is decoded. */
export const tokenMaxBytes = 8192

/** White space to Python's `str.strip()`, and with it to Django REST framework's CharField. */
const space = String.raw`[\p{White_Space}\x1c-\x1f]`

/**
 * The look-behind keeps it linear: without it, spaces amid a text would be tried from each of their
 * positions.
 */
const surroundingSpace = new RegExp(`^${space}+|(?<!${space})${space}+$`, 'gu')

const string = z.string({
  error: ({ input }) => {
    if (input === undefined) return 'This field is required.'
    return input === null ? 'This field may not be null.' : 'Not a valid string.'
  },
})

const text = string
  .refine((value) => !value.includes('\0'), 'Null characters are not allowed.')
  .superRefine((value, context) => {
    const surrogate = /\p{Surrogate}/u.exec(value)?.[0].charCodeAt(0)
    if (surrogate !== undefined) {
      context.addIssue(`Surrogate characters are not allowed: U+${surrogate.toString(16).toUpperCase()}.`)
    }
  })

const trimmed = text.overwrite((value) => value.replace(surroundingSpace, ''))

const blank = 'This field may not be blank.'

/**
 * An email address to look up: trimmed, otherwise as typed. Whether it is one is for the table of
 * emails to say, which takes it folded.
 */
export const emailToFind = trimmed.min(1, { error: blank, abort: true })

/**
 * A password: exactly as given, never trimmed and never cut. Whether it may be chosen depends on
 * `PASSWORD_MIN_LENGTH` and is for the use cases to say.
 */
export const passwordToCheck = text
  .min(1, blank)
  .refine((value) => new TextEncoder().encode(value).length <= passwordMaxBytes, {
    error: `Ensure this field has no more than ${passwordMaxBytes} bytes.`,
  })

const atMost = (length: number) => `Ensure this field has no more than ${length} characters.`

/**
 * An email address to register: kept as typed but for invisible characters around it. At most 254
 * characters (RFC 5321 section 4.5.3.1.3).
 */
export const newEmail = text
  .overwrite(trimInvisible)
  .min(1, { error: blank, abort: true })
  .refine((value) => Array.from(value).length <= 254, { error: atMost(254), abort: true })
  .refine(isEmail, 'Enter a valid email address.')
  .meta({ maxLength: 254 })

/**
 * At most so many code points, as Python counts characters: one beyond U+FFFF is one character, not
 * two.
 */
const upTo = (length: number, field: typeof text) =>
  field.refine((value) => Array.from(value).length <= length, atMost(length)).meta({ maxLength: length })

const displayName = upTo(100, trimmed.min(1, blank))
const bio = upTo(2000, text)

/** What makes an account. */
export const newAccount = z.object({
  email: newEmail,
  password: passwordToCheck,
  display_name: displayName.optional(),
  bio: bio.optional(),
  is_active: z.boolean().default(true),
})

const token = trimmed.min(1, blank)

/** What is no text counts as no token: a device token can only help. */
const deviceToken = z.string().optional().catch(undefined).meta({
  description:
    'The `device_token` of the last login on this device: with it, wrong passwords from elsewhere do not keep the owner waiting.',
})

/** What a login takes. */
export const loginInput = z
  .object({
    email: emailToFind.meta({
      description: 'In upper or lower case; space and invisible characters around it are ignored.',
    }),
    password: passwordToCheck.meta({
      description: `Exactly as the user typed it. At most ${passwordMaxBytes} bytes of UTF-8.`,
      format: 'password',
    }),
    device_token: deviceToken,
  })
  .meta({ id: 'LoginInput' })

/** What a registration takes. */
export const registerInput = z
  .object({
    email: newEmail.meta({
      description:
        'Kept as typed but for space and invisible characters around it. It is one address in upper and in lower case.',
      format: 'email',
    }),
    password: passwordToCheck.meta({
      description: `Long enough and not a common one. At most ${passwordMaxBytes} bytes of UTF-8.`,
      format: 'password',
    }),
    display_name: displayName.optional().meta({
      description: 'What others call the user. Without it: `Anonymous User`.',
    }),
    device_token: deviceToken,
  })
  .meta({ id: 'RegisterInput' })

/** What refresh and logout take: the refresh token, as text. */
export const refreshInput = z
  .object({
    refresh: token.meta({ description: 'The newest refresh token that you were given.' }),
  })
  .meta({ id: 'RefreshInput' })

/** What verify takes: a token of either type. */
export const verifyInput = z
  .object({
    token: token.meta({ description: 'An access token or a refresh token.' }),
  })
  .meta({ id: 'VerifyInput' })

/** Whether a token is worth anything at this moment. */
export const introspection = z.object({ active: z.boolean() })

/** What others may see of a user's profile. */
export const profile = z
  .object({
    display_name: z.string().meta({ description: 'What others call the user.' }),
    bio: z.string().meta({ description: 'What the user says about themselves. May be empty.' }),
  })
  .meta({ id: 'Profile' })

/** A user as every answer shows it. */
export const user = z
  .object({
    id: z.int().meta({ description: 'Never changes and is never given to another.', format: 'int64' }),
    email: z.string().meta({ description: 'As the user typed it.' }),
    profile,
  })
  .meta({ id: 'User' })

const access = z
  .string()
  .meta({ description: 'Goes into `Authorization: Bearer …`. Ends at its claim `exp`.' })

/** What a login answers: a refresh token, an access token and whose they are. */
export const session = z.object({
  refresh: z
    .string()
    .meta({ description: 'Buys the next pair of tokens. Keep it where only the app can read it.' }),
  access,
  user,
})

/** What a login answers by tRPC. REST has the device token in the header `Device-Token`. */
export const loginResult = session
  .extend({
    device_token: z.string().meta({
      description:
        'Says that this device knows the password. Keep it beyond the session and send it with the next login.',
    }),
  })
  .meta({ id: 'Session' })

/**
 * What a refresh answers. `refresh` is absent when `ROTATE_REFRESH_TOKENS=false`: the one presented
 * stays in use.
 */
export const tokenPair = z
  .object({
    access,
    refresh: z.string().optional().meta({
      description: 'Replaces the one that you sent. When it is absent, the one that you sent stays in use.',
    }),
  })
  .meta({ id: 'TokenPair' })

/** What a change of password answers: the tokens of the session that it started. */
export const newTokens = z
  .object({
    access,
    refresh: z
      .string()
      .meta({ description: 'Replaces every refresh token from before: those are worth nothing now.' }),
  })
  .meta({ id: 'NewTokens' })

const time = z.iso.datetime()

/** A live session as its user sees it. */
export const sessionEntry = z
  .object({
    id: z.uuid().meta({ description: 'Names the session: the claim `sid` of its tokens.' }),
    device: z
      .object({
        browser: z.string().nullable().meta({ description: 'For example `Firefox`.' }),
        os: z.string().nullable().meta({ description: 'For example `Android`.' }),
        type: z.string().nullable().meta({ description: '`desktop`, `mobile`, `tablet`, `tv` or `bot`.' }),
      })
      .meta({ description: 'What the user agent of the last request says; null what it does not say.' }),
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

const wholeNumber = z.int({ error: 'A valid integer is required.' })

/** Which part of the list of sessions to answer. Without it: the newest hundred. */
export const listSessionsInput = z
  .object({
    limit: wholeNumber
      .min(1, 'Ensure this value is greater than or equal to 1.')
      .max(sessionsPerPage, `Ensure this value is less than or equal to ${sessionsPerPage}.`)
      .optional()
      .meta({ description: `How many sessions to list, ${sessionsPerPage} at most and by default.` }),
    before: z
      .uuid({ error: 'Must be a valid UUID.' })
      .optional()
      .meta({ description: 'The `id` of the last session of a list: the answer holds those that follow.' }),
  })
  .meta({ id: 'ListSessionsInput' })

/** What a list of sessions answers. */
export const sessionList = z
  .array(sessionEntry)
  .meta({ id: 'SessionList', description: 'The session used last comes first.' })

/** What the end of one session takes. Text that is no id is the id of no session. */
export const endSessionInput = z.object({
  id: string.meta({ description: 'The `id` from the list of sessions.' }),
})

/** What a change of password takes. */
export const changePasswordInput = z
  .object({
    current_password: passwordToCheck.meta({
      description: 'Exactly as the user typed it.',
      format: 'password',
    }),
    new_password: passwordToCheck.meta({
      description: `Another one, long enough and not a common one. At most ${passwordMaxBytes} bytes of UTF-8.`,
      format: 'password',
    }),
  })
  .meta({ id: 'ChangePasswordInput' })

/** What a change of the profile takes: what is absent stays as it is. */
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
          error: ({ input }) =>
            input === null ? 'This field may not be null.' : 'Invalid data. Expected a dictionary.',
        },
      )
      .optional(),
  })
  .meta({ id: 'UpdateProfileInput' })

/** What a form must know before it asks somebody to register or to choose a password. */
export const publicPolicy = z
  .object({
    registration: z.boolean().meta({ description: 'Whether anybody may register.' }),
    password: z.object({
      min_length: z.int().meta({ description: 'Characters that a new password has at least.' }),
      max_bytes: z.int().meta({ description: 'Bytes of UTF-8 that a password has at most.' }),
    }),
  })
  .meta({ id: 'Policy' })

/** The answer of a procedure that has nothing to say: `{}`. */
export const nothing = z.object({}).meta({ id: 'Nothing' })

export type ChangePasswordInput = z.infer<typeof changePasswordInput>
export type ListSessionsInput = z.infer<typeof listSessionsInput>
export type Introspection = z.infer<typeof introspection>
export type LoginInput = z.infer<typeof loginInput>
export type LoginResult = z.infer<typeof loginResult>
export type NewAccount = z.output<typeof newAccount>
export type Profile = z.infer<typeof profile>
export type PublicPolicy = z.infer<typeof publicPolicy>
export type RegisterInput = z.infer<typeof registerInput>
export type User = z.infer<typeof user>
export type Session = z.infer<typeof session>
export type SessionEntry = z.infer<typeof sessionEntry>
export type TokenPair = z.infer<typeof tokenPair>
export type UpdateProfileInput = z.infer<typeof updateProfileInput>
