import { sql } from 'kysely'
import { showTable, type Table, tableSql } from './catalog.ts'
import type { SourceDatabase } from './connect-source.ts'
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

/** Counts the rows of the tables that are not moved. */
export async function countNotMoved(db: SourceDatabase, { notMoved }: SourceSchema): Promise<NotMoved[]> {
  const counted: NotMoved[] = []
  for (const table of notMoved) {
    const rows = table.isReadable ? await countRows(db, table) : null
    counted.push({ table: showTable(table), rows, content: contentOf(table.name) ?? null })
  }
  return counted
}

/** Counts the rows of a table. */
export async function countRows(db: SourceDatabase, table: Table): Promise<number> {
  const { rows } = await sql<{
    count: string
  }>`select count(*)::text as count from ${tableSql(table)}`.execute(db)
  return Number(rows[0]?.count)
}
