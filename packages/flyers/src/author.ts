import { createAuthClient, isAuthError, type Profile } from '@pockitflyer/auth-client'
import { TokenError } from '@pockitflyer/auth-client/verifier'

/**
 * Who sent an `Authorization` header, as others see them; null while the account service cannot be
 * asked.
 */
export type FindAuthor = (authorization: string) => Promise<Profile | null>

/**
 * How long the account service may take, in milliseconds: the flyers are shown without their author
 * then.
 */
const timeoutMs = 2000

/**
 * Makes a `FindAuthor` that asks the account service, in the caller's own name.
 * @throws {TokenError} session_ended when the account service accepts the token no more
 */
export function createFindAuthor(apiUrl: URL, onUnavailable: (error: unknown) => void): FindAuthor {
  const url = new URL('/api/trpc', apiUrl).href
  return async (authorization) => {
    const [, accessToken = ''] = authorization.split(' ')
    try {
      const { profile } = await createAuthClient({ url, accessToken, timeoutMs }).auth.me.query()
      return profile
    } catch (error) {
      if (isAuthError(error) && error.data.httpStatus === 401) {
        throw new TokenError('session_ended', { cause: error })
      }
      onUnavailable(error)
      return null
    }
  }
}
