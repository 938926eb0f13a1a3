import { type RawBuilder, sql, type Transaction } from 'kysely'
import { tableSql } from '../source/catalog.ts'
import type { SourceSchema } from '../source/schema.ts'

/**
 * Gives users the groups that they have here, and no others. A group that is not there is added.
 */
export async function upsertGroups(
  tx: Transaction<unknown>,
  { groups }: SourceSchema,
  given: RawBuilder<unknown>,
): Promise<void> {
  if (groups === undefined) return
  const [table, members, user] = [tableSql(groups.groups), tableSql(groups.members), sql.id('m', groups.user)]
  await sql`
    insert into ${table} (name) select distinct unnest(g.groups) from ${given}
    on conflict do nothing`.execute(tx)
  await sql`
    delete from ${members} as m using ${given}
    where ${user} = g.id and not exists (
      select from ${table} as one where one.id = m.group_id and one.name = any(g.groups))`.execute(tx)
  await sql`
    insert into ${members} (${sql.id(groups.user)}, group_id)
    select g.id, one.id from ${given} join ${table} as one on one.name = any(g.groups)
    where not exists (select from ${members} as m where ${user} = g.id and m.group_id = one.id)`.execute(tx)
}
