import type { UserForOperator } from '@pockitflyer/auth/admin'
import { toSeconds } from './time.ts'

/** A user as one JSON document, with the field names of the API and times in ISO 8601, UTC. */
export function toJson(user: UserForOperator): string {
  return JSON.stringify({
    id: user.id,
    email: user.email,
    display_name: user.displayName,
    bio: user.bio,
    is_active: user.isActive,
    created_at: user.createdAt,
    last_login_at: user.lastLoginAt,
    email_verified_at: user.emailVerifiedAt,
  })
}

/** The columns of a list of users, in the order of `toCells`. */
export const userColumns = ['ID', 'EMAIL', 'NAME', 'ACTIVE', 'CREATED', 'LAST LOGIN']

/** A user as a row of a table. */
export function toCells(user: UserForOperator): string[] {
  return [
    String(user.id),
    user.email,
    user.displayName,
    user.isActive ? 'yes' : 'no',
    toSeconds(user.createdAt),
    user.lastLoginAt === null ? 'never' : toSeconds(user.lastLoginAt),
  ]
}
