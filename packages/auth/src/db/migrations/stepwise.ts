import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Called with the progress of a migration, in words for an operator. */
export type Report = (progress: string) => void

/**
 * A migration of this package: `up` runs in a transaction of its own. A stepwise one runs outside
 * of any, for what takes long: batches, `create index concurrently`. It may be killed at any point,
 * and is then run again from its beginning, so each step first looks what is left to do.
 */
export interface AppMigration extends Migration {
  up(db: Kysely<unknown>, report?: Report): Promise<void>
  readonly isStepwise?: true
}
