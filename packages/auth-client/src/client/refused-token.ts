import { isAuthError } from './error.ts'

/**
 * Returns whether the service refused the access token of a call: 401, except for a wrong password,
 * which says nothing about the token.
 * @example if (isTokenRefused(error)) redirect('/login')
 */
export function isTokenRefused(error: unknown): boolean {
  return isAuthError(error) && error.data.httpStatus === 401 && error.data.code !== 'invalid_credentials'
}

/** What `callWithRefresh` does with a token. */
export interface RefreshableCall<Token, Answer> {
  call: (token: Token) => Promise<Answer>
  /** Returns a new token of the same session; `undefined`: there is none. */
  refresh: (refused: Token) => Promise<Token | undefined>
}

/**
 * Makes a call with a token and, when the service refused the token, once more with a new one. A
 * 401 says that the call did not happen. Nothing else is made again: a call whose answer was lost
 * may have happened. For a server that keeps the tokens of its visitors; a client made with a store
 * does it by itself.
 * @returns what the call answers
 * @throws what the last call threw, or what `refresh` throws
 * @example
 * const user = await callWithRefresh(accessToken, {
 *   call: (accessToken) => createAuthClient({ url, accessToken }).auth.me.query(),
 *   refresh: async () => (await createAuthClient({ url }).auth.refresh.mutate({ refresh })).access,
 * })
 */
export async function callWithRefresh<Token, Answer>(
  token: Token,
  { call, refresh }: RefreshableCall<Token, Answer>,
): Promise<Answer> {
  try {
    return await call(token)
  } catch (error) {
    if (!isTokenRefused(error)) throw error
    const refreshed = await refresh(token)
    if (refreshed === undefined) throw error
    return call(refreshed)
  }
}
