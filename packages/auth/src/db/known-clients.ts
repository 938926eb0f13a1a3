import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import { toKeys, userIdOf } from './emails.ts'

/**
 * Tells whether the account of this address had a session from this IP address, of IPv6 from its
 * first 64 bits.
 */
export async function hasSessionFrom(
  db: Kysely<Database>,
  { email, ip }: { email: string; ip: string },
): Promise<boolean> {
  const session = await db
    .selectFrom('sessions as s')
    .select('s.id')
    .where('s.user_id', '=', userIdOf(toKeys(email)))
    .where(
      sql<boolean>`s.ip <<= set_masklen(${ip}::inet, case family(${ip}::inet) when 6 then 64 else 32 end)`,
    )
    .limit(1)
    .executeTakeFirst()
  return session !== undefined
}
