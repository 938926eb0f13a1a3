import { z } from 'zod'
import { emailToFind } from './email.ts'
import { passwordMaxBytes, passwordToCheck } from './password.ts'
import { user } from './profile.ts'
import { access, deviceToken, token } from './token.ts'

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
export const introspection = z
  .object({ active: z.boolean().meta({ description: 'Whether the service accepts the token.' }) })
  .meta({ id: 'Introspection' })

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

/** The answer of a procedure that has nothing to say: `{}`. */
export const empty = z.object({}).meta({ id: 'Nothing' })

export type Introspection = z.infer<typeof introspection>
export type LoginInput = z.infer<typeof loginInput>
export type LoginResult = z.infer<typeof loginResult>
export type Session = z.infer<typeof session>
export type TokenPair = z.infer<typeof tokenPair>
