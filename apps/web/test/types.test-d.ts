import type { AuthClient } from '@pockitflyer/auth-client'
import { allTexts, type Texts } from '../src/texts/all-texts.ts'

/**
 * What the web app relies on of the account service's router. A router that changes does not
 * compile here.
 */

// oxlint-disable typescript/no-unnecessary-type-parameters -- the compiler compares them
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
// oxlint-enable typescript/no-unnecessary-type-parameters

type Same<A, B> = Equal<A, B> extends true ? true : { expected: B; found: A }

type Input<Procedure> = Procedure extends { mutate(input: infer I, ...rest: never[]): unknown } ? I : never
type Output<Procedure> = Procedure extends { mutate(...input: never[]): Promise<infer O> } ? O : never
type Answer<Procedure> = Procedure extends { query(...input: never[]): Promise<infer O> } ? O : never

type Auth = AuthClient['auth']
type Login = { email: string; password: string; device_token?: string | undefined }
type User = {
  id: number
  email: string
  email_verified?: boolean
  profile: { display_name: string; bio: string }
}

export const checks = [
  true satisfies Same<Input<Auth['login']>, Login>,
  true satisfies Same<
    Output<Auth['login']>,
    { refresh: string; access: string; user: User; device_token: string }
  >,
  true satisfies Same<Input<Auth['refresh']>, { refresh: string }>,
  true satisfies Same<Output<Auth['refresh']>, { access: string; refresh?: string }>,
  true satisfies Same<Input<Auth['logout']>, { refresh: string }>,
  true satisfies Same<Answer<Auth['me']>, User>,
]

/** Mistakes that must not compile; never called. */
export async function mistakes({ auth }: AuthClient): Promise<void> {
  // @ts-expect-error: a login takes a password
  await auth.login.mutate({ email: 'ada@example.com' })
  // @ts-expect-error: an email is text
  await auth.login.mutate({ email: 1, password: 'secret' })
  const session = await auth.login.mutate({ email: 'ada@example.com', password: 'secret' })
  // @ts-expect-error: a user has no password
  session.user.password satisfies string
}

// @ts-expect-error: a language that lacks a text
export const incomplete: Texts = { ...allTexts.de, loginForm: { password: 'Passwort', submit: 'Anmelden' } }

// @ts-expect-error: a login changes something, it is no query
export type LoginQuery = Auth['login']['query']
// @ts-expect-error: there is no such procedure
export type NoSuchProcedure = Auth['logIn']
