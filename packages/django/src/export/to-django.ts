import type { ImportedUser } from '@pockitflyer/auth/admin'
import { fromRoles, toRoles } from '../roles.ts'

/** What a Django service has a place for. An undefined column, and a null table, is not there. */
export interface Places {
  users: Partial<Record<'isStaff' | 'isSuperuser' | 'dateJoined' | 'lastLogin', string | undefined>>
  profile: Partial<Record<'displayName' | 'bio', string | undefined>> | undefined
  tables: Record<'groups' | 'verified_emails', string | null>
}

/**
 * Returns a user of this service as a Django service would have them: the hash in Django's
 * spelling, and without what it has no place for.
 * @example toDjangoUser(user, { users: { isStaff: 'is_staff' }, profile: undefined, tables })
 */
export function toDjangoUser(user: ImportedUser, { users, profile, tables }: Places): ImportedUser {
  const { isStaff, isSuperuser, groups } = fromRoles(user.roles)
  return {
    ...user,
    passwordHash: toDjangoHash(user.passwordHash),
    roles: toRoles({
      isStaff: isStaff && users.isStaff !== undefined,
      isSuperuser: isSuperuser && users.isSuperuser !== undefined,
      groups: tables.groups === null ? [] : groups,
    }),
    joinedAt: users.dateJoined === undefined ? null : user.joinedAt,
    lastLoginAt: users.lastLogin === undefined ? null : user.lastLoginAt,
    isEmailVerified: tables.verified_emails === null ? null : user.isEmailVerified,
    displayName: profile?.displayName === undefined ? null : user.displayName,
    bio: profile?.bio === undefined ? null : user.bio,
  }
}

/**
 * Returns a hash as Django spells it: it names the hasher before a PHC string. A hash that came
 * from Django is as it was.
 * @example toDjangoHash('$argon2id$v=19$m=19456,t=2,p=1$…') // 'argon2$argon2id$v=19$…'
 */
export function toDjangoHash(passwordHash: string): string {
  return passwordHash.startsWith('$argon2') ? `argon2${passwordHash}` : passwordHash
}
