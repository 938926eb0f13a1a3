import type { LanguageChoice } from '@pockitflyer/auth-protocol/schemas'
import { toLanguage } from '@pockitflyer/languages'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller } from '../caller.ts'
import { findLocale, updateLocale } from '../db/locales.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { admitWrite } from '../sessions/admit-write.ts'
import { lockUserAndSession } from '../sessions/assert-session-active.ts'
import { me } from '../sessions/me.ts'

/**
 * Returns the language that the caller chose for mails.
 * @throws {AuthError} user_not_found, user_inactive, session_ended
 */
export async function getLanguage(auth: Auth, caller: AuthenticatedCaller): Promise<LanguageChoice> {
  const { id } = await me(auth, caller)
  return { language: toLanguage(await findLocale(auth.db, id)) ?? null }
}

/**
 * Changes the language of mails to the caller.
 * @throws {AuthError} throttled; user_not_found, user_inactive, session_ended
 */
export async function updateLanguage(
  auth: Auth,
  { claims }: AuthenticatedCaller,
  { language }: LanguageChoice,
): Promise<LanguageChoice> {
  const { user_id: userId } = claims
  await admitWrite(auth, claims)
  await inUserTransaction(auth.db, userId, async (tx) => {
    await lockUserAndSession(tx, claims)
    await updateLocale(tx, { userId, locale: language })
  })
  return { language }
}
