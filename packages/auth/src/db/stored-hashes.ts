import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'

/** A kind of stored hash, its algorithm and parameters, and how many accounts have one. */
export interface HashKind {
  kind: string
  accounts: number
}

/** Lists the kinds of stored hashes. It reads every account: for a tool, and not for a request. */
export async function listHashKinds(db: Kysely<Database>): Promise<HashKind[]> {
  const kind = sql<string>`regexp_replace(password_hash, '\\$[^$]*\\$[^$]*$', '')`
  return db
    .selectFrom('users')
    .select([kind.as('kind'), sql<number>`count(*)`.as('accounts')])
    .where(sql<boolean>`password_hash ~ '^(pbkdf2|\\$?argon2)'`)
    .groupBy(kind)
    .execute()
}
