import type { Migration } from 'kysely/migration'
import * as flyers from './2026-11-25-flyers.ts'

/** Every migration, in the order of its name. One that has landed is never edited. */
export const migrations: Record<string, Migration> = {
  '2026-11-25-flyers': flyers,
}
