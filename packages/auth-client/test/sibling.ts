import type { AppRouter } from '@pockitflyer/auth/router'
import type { TRPCClient } from '@trpc/client'
import type { inferRouterError, inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AuthClient, AuthProcedures, ServiceErrorData, User } from '../src/index.ts'

/**
 * What a sibling app relies on, as types. It is compiled, never run: when the router changes what a
 * sibling sees, the compiler stops here.
 */

type Equal<One, Other> =
  (<T>(value: T) => T extends One ? T : 2) extends <T>(value: T) => T extends Other ? T : 2 ? true : false

/** Takes nothing but `true`. */
type Holds<Fact extends true> = Fact

type Inputs = inferRouterInputs<AppRouter>['auth']
type Outputs = inferRouterOutputs<AppRouter>['auth']

type InputOf<Procedure> = Procedure extends
  | { query(input: infer Input, ...rest: never[]): unknown }
  | { mutate(input: infer Input, ...rest: never[]): unknown }
  ? Input
  : never
type OutputOf<Procedure> = Procedure extends
  | { query(...rest: never[]): Promise<infer Output> }
  | { mutate(...rest: never[]): Promise<infer Output> }
  ? Output
  : never

type KindsOf<Procedures> = {
  [Name in keyof Procedures]: Procedures[Name] extends { query: unknown } ? 'query' : 'mutation'
}

/** What must hold: the generated interfaces say what the service's router says. */
export type Facts = [
  Holds<Equal<{ [Name in keyof AuthProcedures]: InputOf<AuthProcedures[Name]> }, Inputs>>,
  Holds<Equal<{ [Name in keyof AuthProcedures]: OutputOf<AuthProcedures[Name]> }, Outputs>>,
  Holds<Equal<KindsOf<AuthProcedures>, KindsOf<TRPCClient<AppRouter>['auth']>>>,
  Holds<Equal<ServiceErrorData, inferRouterError<AppRouter>['data']>>,
]

/** Calls as a sibling writes them, right and wrong. */
export async function callAsSibling({ auth }: AuthClient): Promise<string> {
  const { refresh, user } = await auth.login.mutate({ email: 'a@example.com', password: 'secret' })
  const { profile }: User = await auth.me.query()
  const pair = await auth.refresh.mutate({ refresh })

  // @ts-expect-error a field that is missing
  await auth.login.mutate({ email: 'a@example.com' })
  // @ts-expect-error a field of another type
  await auth.login.mutate({ email: 'a@example.com', password: 1 })
  // @ts-expect-error a field that there is none of
  await auth.login.mutate({ email: 'a@example.com', password: 'secret', remember: true })
  // @ts-expect-error an answer never holds a hash
  user satisfies { password_hash: unknown }
  // @ts-expect-error without rotation a refresh answers no refresh token
  pair.refresh satisfies string

  return profile.display_name
}

// @ts-expect-error a mutation is no query
export type NoQuery = AuthClient['auth']['login']['query']

// @ts-expect-error a procedure that there is none of
export type NoProcedure = AuthClient['auth']['logIn']
