import { hash } from 'node:crypto'
import type { ImportedUser } from '../db/imported-users.ts'

/** A digest over every field, in an order that does not depend on how the object was made. */
export function digestOf(user: ImportedUser): string {
  const { id, email, passwordHash, isActive, roles, joinedAt, lastLoginAt, isEmailVerified } = user
  const fields = [id, email, passwordHash, isActive, roles, joinedAt, lastLoginAt, isEmailVerified]
  return hash('sha256', JSON.stringify([...fields, user.displayName, user.bio]), 'base64url').slice(0, 22)
}
