import type { ImportedUser } from '@pockitflyer/auth/admin'

/** A field that is not the same on both sides. A hash is never shown. */
export interface FieldDifference {
  kind: 'field'
  id: number
  field: keyof ImportedUser
  there: unknown
  here: unknown
}

/** A user who is not the same on both sides, or a field of theirs. */
export type Difference = { kind: 'missing_here' | 'missing_there'; id: number } | FieldDifference

/** What is compared. */
export const fields = [
  'email',
  'passwordHash',
  'isActive',
  'roles',
  'joinedAt',
  'lastLoginAt',
  'isEmailVerified',
  'displayName',
  'bio',
] as const satisfies readonly (keyof ImportedUser)[]

type Field = (typeof fields)[number]

/** Lists the fields in which a user differs. */
export function listDifferences(there: ImportedUser, here: ImportedUser): FieldDifference[] {
  const differs = (field: Field) => JSON.stringify(there[field]) !== JSON.stringify(here[field])
  const show = (user: ImportedUser, field: Field) => (field === 'passwordHash' ? '(a hash)' : user[field])
  return fields.filter(differs).map((field) => ({
    kind: 'field',
    id: there.id,
    field,
    there: show(there, field),
    here: show(here, field),
  }))
}

/** Returns whether one login is later than another. Text in one format compares as times do. */
export function isLater(login: string | null, other: string | null): boolean {
  return (login ?? '') > (other ?? '')
}

/** Returns a user of this service, without when they joined if that is not known there. */
export function asThere(here: ImportedUser, there: ImportedUser | undefined): ImportedUser {
  return there?.joinedAt === null ? { ...here, joinedAt: null } : here
}
