import type { Profile, UpdateProfileInput, User } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { updateProfileOfUser } from '../db/profiles.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { admitWrite } from '../sessions/admit-write.ts'
import { lockUserAndSession } from '../sessions/assert-session-active.ts'
import { me } from '../sessions/me.ts'

/**
 * Changes the fields of the caller's profile that the input names, and returns what `me` returns
 * from now on. The audit names the changed fields but not their values. Writes nothing if nothing
 * changes.
 * @throws {AuthError} throttled; user_not_found, user_inactive, session_ended
 */
export async function updateProfile(
  auth: Auth,
  caller: AuthenticatedCaller,
  input: UpdateProfileInput,
): Promise<User> {
  const { client, claims } = caller
  const { user_id: userId, sid } = claims
  await admitWrite(auth, claims)
  return inUserTransaction(auth.db, userId, async (tx) => {
    await lockUserAndSession(tx, claims)
    const user = await me({ ...auth, db: tx }, caller)
    const profile = merge(user.profile, input.profile)
    const changed = profileFields.filter((field) => profile[field] !== user.profile[field])
    if (changed.length === 0) return user

    await updateProfileOfUser(tx, { userId, displayName: profile.display_name, bio: profile.bio })
    await insertEvent(tx, {
      kind: 'profile_changed',
      userId,
      client,
      detail: { fields: changed },
      ...(sid === undefined ? {} : { sessionId: sid }),
    })
    return { ...user, profile }
  })
}

const profileFields = ['display_name', 'bio'] as const

function merge({ display_name, bio }: Profile, input: UpdateProfileInput['profile'] = {}): Profile {
  return { display_name: input.display_name ?? display_name, bio: input.bio ?? bio }
}
