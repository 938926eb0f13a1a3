import type { AppRouter } from '@pockitflyer/auth/router'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { type AuthClient, findAuthError } from '../src/index.ts'

/**
 * What a sibling app relies on, as types. It is compiled, never run: when the router changes what a sibling sees, the
 * compiler stops here.
 */

type Equal<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false

function assertType<_Holds extends true>(): void {}

type Inputs = inferRouterInputs<AppRouter>['auth']
type Outputs = inferRouterOutputs<AppRouter>['auth']

interface User {
  id: number
  email: string
  profile: { display_name: string; bio: string }
}

type ErrorCode =
  | 'invalid_input'
  | 'parse_error'
  | 'invalid_credentials'
  | 'not_authenticated'
  | 'bad_authorization_header'
  | 'token_invalid'
  | 'token_expired'
  | 'token_without_expiry'
  | 'token_without_id'
  | 'token_without_type'
  | 'token_wrong_type'
  | 'token_without_user'
  | 'session_ended'
  | 'account_unavailable'
  | 'user_not_found'
  | 'user_inactive'
  | 'not_found'
  | 'method_not_allowed'
  | 'not_acceptable'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'overloaded'
  | 'internal_error'

assertType<Equal<keyof Inputs, 'login' | 'refresh' | 'logout' | 'verify' | 'me'>>()
assertType<Equal<Inputs['login'], { email: string; password: string }>>()
assertType<Equal<Inputs['refresh'], { refresh: string }>>()
assertType<Equal<Inputs['logout'], { refresh: string }>>()
assertType<Equal<Inputs['verify'], { token: string }>>()

assertType<Equal<Outputs['login']['refresh'], string>>()
assertType<Equal<Outputs['login']['access'], string>>()
assertType<Equal<keyof Outputs['login'], 'refresh' | 'access' | 'user'>>()
assertType<Equal<Outputs['login']['user'], User>>()
assertType<Equal<Outputs['refresh'], { access: string; refresh?: string }>>()
assertType<Equal<Outputs['me'], User>>()
assertType<Equal<NonNullable<ReturnType<typeof findAuthError>>['code'], ErrorCode>>()

/** Calls as a sibling writes them, right and wrong. */
export async function callAsSibling(client: AuthClient): Promise<void> {
  const session = await client.auth.login.mutate({ email: 'a@example.com', password: 'secret' })
  assertType<Equal<typeof session.user.profile.display_name, string>>()
  const user = await client.auth.me.query()
  assertType<Equal<typeof user, User>>()

  // @ts-expect-error a field that is missing
  await client.auth.login.mutate({ email: 'a@example.com' })
  // @ts-expect-error a field of another type
  await client.auth.login.mutate({ email: 'a@example.com', password: 1 })
  // @ts-expect-error a field that there is none of
  await client.auth.login.mutate({ email: 'a@example.com', password: 'secret', remember: true })
  // @ts-expect-error a procedure that there is none of
  await client.auth.signIn.mutate({ email: 'a@example.com', password: 'secret' })
  // @ts-expect-error a mutation is no query
  await client.auth.login.query({ email: 'a@example.com', password: 'secret' })
  // @ts-expect-error an answer never holds a hash
  void session.user.password_hash
  // @ts-expect-error without rotation a refresh answers no refresh token
  void (await client.auth.refresh.mutate({ refresh: session.refresh })).refresh.length
}
