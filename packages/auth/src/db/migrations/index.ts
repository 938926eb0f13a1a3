import type { Migration } from 'kysely/migration'
import * as accounts from './2026-11-22-accounts.ts'

/** Every migration, in the order of its name. One that has landed is never edited. */
export const migrations: Record<string, Migration> = {
  '2026-11-22-accounts': accounts,
}
