import {
  type AuthClient,
  type AuthErrorData,
  callWithRefresh,
  findAuthError,
  isTokenRefused,
} from '@pockitflyer/auth-client'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { createAccountService } from '../account-service.ts'
import { getEnvironment } from '../environment.ts'
import { readEntries } from '../forms/entries.ts'
import { describeFailure } from '../forms/failures.ts'
import { keepDraft } from '../forms/keep-draft.ts'
import { describeOtherUser } from './other-user.ts'
import { ownerField } from './owner-field.ts'
import { loginPath } from './paths.ts'
import { clearSession, readSession, readUserId, writeSession } from './cookies.ts'
import { isRefreshDue, refreshSession } from './refresh-session.ts'

/** What is wrong, as the form says it. */
interface Failure {
  errors: Record<string, string | undefined>
}

/**
 * The outcome of an action. `answer` is undefined when the service was not reached. `other_user`:
 * nothing was done, since the form came from the page of another user than the one who is logged
 * in.
 */
export type Outcome =
  | { kind: 'done' }
  | ({ kind: 'failed'; answer: AuthErrorData | undefined } & Failure)
  | ({ kind: 'other_user' } & Failure)

interface Sent {
  /** The page to return to after a login. */
  path: string
  /** The form as it came, with `OwnerField`. */
  form: unknown
  /** The fields that outlast a login in between, as `useForm` keeps them. Never a password. */
  kept?: readonly string[]
}

/**
 * Runs a server action as the logged-in user, if the form came from a page of this user: another
 * tab may have logged in with another account meanwhile. `proxy.ts` does not refresh before an
 * action, so this function does, when the access token is about to expire or the service rejects
 * it. A visitor without a session is redirected to the login and returns to `path`. It throws
 * nothing except that redirect.
 */
export async function authenticatedAction(
  sent: Sent,
  act: (service: AuthClient) => Promise<unknown>,
): Promise<Outcome> {
  const jar = await cookies()
  const { isProduction } = getEnvironment()
  const session = readSession(jar, isProduction)
  if (session.access === undefined && session.refresh === undefined) return leave(sent)
  if (readOwner(sent) !== readUserId(jar, isProduction))
    return { kind: 'other_user', errors: await describeOtherUser() }
  const fresh = isRefreshDue(session) ? undefined : session.access
  try {
    const access = fresh ?? (await refresh(session.refresh))
    if (access !== undefined) {
      await callWithRefresh(access, {
        call: async (accessToken) => act(createAccountService({ headers: await headers(), accessToken })),
        refresh: async () => (fresh === undefined ? undefined : refresh(session.refresh)),
      })
      return { kind: 'done' }
    }
  } catch (error) {
    if (!isTokenRefused(error)) {
      const answer = findAuthError(error)
      return { kind: 'failed', answer, errors: await describeFailure(answer) }
    }
  }
  return leave(sent)
}

/**
 * Returns a new access token and sets its cookies; undefined when the session is over.
 * @throws {Error} while the service is out of reach
 */
async function refresh(token: string | undefined): Promise<string | undefined> {
  if (token === undefined) return undefined
  const outcome = await refreshSession(createAccountService({ headers: await headers() }), token)
  switch (outcome.kind) {
    case 'refreshed':
      writeSession(await cookies(), outcome.tokens, getEnvironment().isProduction)
      return outcome.tokens.access
    case 'ended':
      return undefined
    case 'unavailable':
      throw new Error('The account service cannot be reached.')
  }
}

function readOwner({ form }: Sent): string | undefined {
  return readEntries(form, [ownerField])[ownerField]
}

async function leave(sent: Sent): Promise<never> {
  const { path, form, kept = [] } = sent
  const draft = { page: path, owner: readOwner(sent), values: readEntries(form, kept) }
  const isKept = await keepDraft(draft)
  clearSession(await cookies(), getEnvironment().isProduction)
  redirect(loginPath(path, isKept ? 'session-ended' : 'draft-lost'))
}
