import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'

/** Tells whether the account of this address had a session from this IP address, of IPv6 from its first 64 bits. */
export async function hasSessionFrom(
  db: Kysely<Database>,
  { email, ip }: { email: string; ip: string },
): Promise<boolean> {
  const session = await db
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .select('s.id')
    .where(sql`lower(u.email)`, '=', sql`lower(${email})`)
    .where(
      sql<boolean>`s.ip <<= set_masklen(${ip}::inet, case family(${ip}::inet) when 6 then 64 else 32 end)`,
    )
    .limit(1)
    .executeTakeFirst()
  return session !== undefined
}
