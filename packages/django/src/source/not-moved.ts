import { type RawBuilder, sql } from 'kysely'
import { showTable, type Table, tableSql } from './catalog.ts'
import type { SourceDatabase } from './connect-source.ts'
import { instantOf, isInCalendar } from './instant.ts'
import type { SourceSchema } from './schema.ts'
import type { NotMoved } from './source.ts'

/** What known apps keep of users, by the beginning of a table's name. */
const contents: readonly (readonly [RegExp, string])[] = [
  [/^otp_static_/, 'second factors: recovery codes'],
  [/^(otp_|two_factor_)/, 'second factors'],
  [/^mfa_/, 'second factors of django-allauth'],
  [/^(webauthn_|djoser_webauthn)/, 'passkeys'],
  [/^(socialaccount_|social_auth_)/, 'logins with other services'],
  [/^account_/, 'email confirmations of django-allauth'],
  [/^(authtoken_|knox_)/, 'tokens of other kinds'],
  [/^oauth2_provider_/, 'OAuth clients and tokens'],
  [/^django_admin_log$/, "the history of Django's admin"],
  [/_user_permissions$/, 'permissions of single users'],
]

/** Returns what a table of a known app holds. */
export function contentOf(table: string): string | undefined {
  return contents.find(([name]) => name.test(table))?.[1]
}

/** Counts the rows that are not moved: of whole tables, and those that have no place here. */
export async function countNotMoved(db: SourceDatabase, schema: SourceSchema): Promise<NotMoved[]> {
  const counted: NotMoved[] = []
  for (const table of schema.notMoved) {
    const rows = table.isReadable ? await countRows(db, table) : null
    counted.push({ table: showTable(table), rows, content: contentOf(table.name) ?? null })
  }
  for (const { table, condition, content } of listOddRows(schema)) {
    const rows = await countRows(db, table, condition)
    if (rows > 0) counted.push({ table: showTable(table), rows, content })
  }
  return counted
}

interface OddRows {
  table: Table
  condition: RawBuilder<unknown>
  content: string
}

function listOddRows(schema: SourceSchema): OddRows[] {
  const { users, profile } = schema
  const { table } = users
  const id = sql.id('u', users.id)
  const times = [users.dateJoined, users.lastLogin].flatMap((name) => name ?? [])
  const odd: OddRows[] = times.map((name) => ({
    table,
    condition: sql`not ${isInCalendar(instantOf(schema, name))}`,
    content: `${name} is infinite, or not in the years 1 to 9999: unknown here`,
  }))
  odd.push({ table, condition: sql`${id} < 1`, content: 'users with an id below 1' })
  if (profile && profile.table !== table) {
    const owner = sql`select from ${tableSql(table)} as o where ${sql.id('o', users.id)} = ${sql.id('u', profile.user)}`
    odd.push({
      table: profile.table,
      condition: sql`not exists (${owner})`,
      content: 'profiles without a user',
    })
  }
  return odd
}

/** Counts the rows of a table `u`, or those that meet a condition. */
export async function countRows(
  db: SourceDatabase,
  table: Table,
  condition: RawBuilder<unknown> = sql`true`,
): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*)::text as count from ${tableSql(table)} as u where ${condition}`.execute(db)
  return Number(rows[0]?.count)
}
