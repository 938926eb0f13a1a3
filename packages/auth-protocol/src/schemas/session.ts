import { z } from 'zod'
import { emailToFind } from './email.ts'
import { passwordMaxBytes, passwordToCheck } from './password.ts'
import { user } from './profile.ts'
import { access, deviceToken, token } from './token.ts'

/**
 * The input of a login.
 * @example loginInput.parse({ email: 'ada@example.com', password: 'seven ferries at noon' })
 */
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

/**
 * The input of `refresh` and `logout`: the refresh token.
 * @example refreshInput.parse({ refresh: tokens.refresh })
 */
export const refreshInput = z
  .object({
    refresh: token.meta({ description: 'The newest refresh token that you were given.' }),
  })
  .meta({ id: 'RefreshInput' })

/**
 * The input of `verify`: a token of either type.
 * @example verifyInput.parse({ token: tokens.access })
 */
export const verifyInput = z
  .object({
    token: token.meta({ description: 'An access token or a refresh token.' }),
  })
  .meta({ id: 'VerifyInput' })

/**
 * Whether the service accepts a token at this moment.
 * @example introspection.parse({ active: true }).active // true
 */
export const introspection = z
  .object({ active: z.boolean().meta({ description: 'Whether the service accepts the token.' }) })
  .meta({ id: 'Introspection' })

/**
 * The answer of a login by REST: both tokens and their user.
 * @example const { access, refresh, user } = session.parse(await response.json())
 */
export const session = z.object({
  refresh: z
    .string()
    .meta({ description: 'Buys the next pair of tokens. Keep it where only the app can read it.' }),
  access,
  user,
})

/**
 * The answer of a login by tRPC. REST has the device token in the header `Device-Token`.
 * @example const { access, refresh, user, device_token } = loginResult.parse(answer)
 */
export const loginResult = session
  .extend({
    device_token: z.string().meta({
      description:
        'Says that this device knows the password. Keep it beyond the session and send it with the next login.',
    }),
  })
  .meta({ id: 'Session' })

/**
 * The answer of a refresh. `refresh` is absent when `ROTATE_REFRESH_TOKENS=false`: the one
 * presented stays in use.
 * @example const { access, refresh = presented } = tokenPair.parse(answer)
 */
export const tokenPair = z
  .object({
    access,
    refresh: z.string().optional().meta({
      description: 'Replaces the one that you sent. When it is absent, the one that you sent stays in use.',
    }),
  })
  .meta({ id: 'TokenPair' })

/**
 * The answer of a procedure without data: `{}`.
 * @example empty.parse({}) // {}
 */
export const empty = z.object({}).meta({ id: 'Nothing' })

export type Introspection = z.infer<typeof introspection>
export type LoginInput = z.infer<typeof loginInput>
export type LoginResult = z.infer<typeof loginResult>
export type Session = z.infer<typeof session>
export type TokenPair = z.infer<typeof tokenPair>
